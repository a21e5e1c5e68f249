/** Contents that are remembered; the oldest goes first. */
const MOST = 1000;

/** Contents that clamd was scanning when it went away: until they are answered, each is scanned alone. */
export class Suspects {
  private readonly contents = new Set<string>();

  get isEmpty(): boolean {
    return this.contents.size === 0;
  }

  has(content: string): boolean {
    return this.contents.size > 0 && this.contents.has(content);
  }

  add(content: string): void {
    this.contents.add(content);
    const [oldest] = this.contents;
    if (this.contents.size > MOST && oldest !== undefined) this.contents.delete(oldest);
  }

  clear(content: string): void {
    this.contents.delete(content);
  }
}
