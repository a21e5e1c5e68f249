import { create } from 'zustand';
import type { IpcResult } from '../../src-main/contract/ipc-schema';
import { engine, messageOf } from '../bridge';

export type DestinationHealth = IpcResult<'destinations'>['destinations'][number];

interface DestinationsState {
  /** What was told last; null until it was told once. */
  readonly healths: readonly DestinationHealth[] | null;
  /** Why it could not be told when it was asked last. */
  readonly problem: string | null;
  readonly isReading: boolean;
}

/** Whether each destination can be reached: known once, for the strip and the views alike. */
export const useDestinationHealth = create<DestinationsState>()(() => ({
  healths: null,
  problem: null,
  isReading: false,
}));

const asking = { number: 0 };

/** Looks at all destinations now; an answer to an older question is dropped. Never rejects. */
export async function readDestinations(): Promise<void> {
  asking.number += 1;
  const { number } = asking;
  useDestinationHealth.setState({ isReading: true });
  try {
    const { destinations } = await engine('destinations', {});
    if (number === asking.number)
      useDestinationHealth.setState({ healths: destinations, problem: null, isReading: false });
  } catch (error) {
    if (number === asking.number) useDestinationHealth.setState({ problem: messageOf(error), isReading: false });
  }
}
