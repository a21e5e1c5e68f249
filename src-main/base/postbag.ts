/** Gathers what one turn of the event loop has to say and posts it as one message: one wake-up for many is what makes them cheap. */
export class Postbag<Letter> {
  private letters: Letter[] = [];
  private readonly post: (letters: readonly Letter[]) => void;

  constructor(post: (letters: readonly Letter[]) => void) {
    this.post = post;
  }

  add(letter: Letter): void {
    this.letters.push(letter);
    if (this.letters.length > 1) return;
    setImmediate(() => {
      const gathered = this.letters;
      this.letters = [];
      if (gathered.length > 0) this.post(gathered);
    });
  }

  /** Throws away what was not posted yet. */
  empty(): void {
    this.letters = [];
  }
}
