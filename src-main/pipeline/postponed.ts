/** Thrown by the work on an item: not now, for a reason that is not the item's. It is tried again after a while. */
export class Postponed extends Error {}

/** There is no room for its bytes, or for what it unpacks to. */
export class NoRoom extends Postponed {}

/** As Postponed, and durably so: the item waits in a lane, which takes it up again. */
export class Parked extends Postponed {}
