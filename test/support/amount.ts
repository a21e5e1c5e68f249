/** How many of something a fault suite tries: in `npm test`, and whole (`npm run test:faults`). */
export function amount(reduced: number, whole: number): number {
  return process.env.DROPGATE_FAULTS === 'whole' ? whole : reduced;
}
