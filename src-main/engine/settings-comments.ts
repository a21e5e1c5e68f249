import { isMap, isNode, isSeq, Lexer, type Node, type YAMLMap, type YAMLSeq } from 'yaml';

/** Comments of a text, each without its `#` and the space around it, in their order. */
export function commentsIn(text: string): string[] {
  return [...new Lexer().lex(text)].filter((token) => token.startsWith('#')).map((token) => token.slice(1).trim());
}

/** Comments of `before` that do not stand in `after`, or not as often. */
export function lostComments(before: string, after: string): string[] {
  const left = new Map<string, number>();
  for (const comment of commentsIn(after)) left.set(comment, (left.get(comment) ?? 0) + 1);
  return commentsIn(before).filter((comment) => {
    const count = left.get(comment) ?? 0;
    left.set(comment, count - 1);
    return count <= 0;
  });
}

/** Comments of a part of a document in the order in which they stand; null where there are none. */
export function commentsOf(part: unknown): string | null {
  const found = linesOf(part);
  return found.length === 0 ? null : found.join('\n');
}

function linesOf(part: unknown): string[] {
  if (!isNode(part)) return [];
  const inner = isMap(part)
    ? part.items.flatMap(({ key, value }) => [...linesOf(key), ...linesOf(value)])
    : isSeq(part)
      ? part.items.flatMap(linesOf)
      : [];
  return [part.commentBefore, ...inner, part.comment].filter((text) => typeof text === 'string');
}

const joined = (first: string | null, second: string | null | undefined) =>
  [first, second].filter((text) => typeof text === 'string').join('\n');

/** Puts a comment into the lines before a node, behind those that are there. */
export function addBefore(node: Node, comment: string | null): void {
  if (comment !== null) node.commentBefore = joined(node.commentBefore ?? null, comment);
}

/**
 * What was removed from `index` of a collection leaves its comments and its blank line where it stood: they may be
 * about what follows.
 */
export function leaveBehind(collection: YAMLMap | YAMLSeq, index: number, removed: readonly unknown[]): void {
  const comments = removed.flatMap((part) => commentsOf(part) ?? []);
  const comment = comments.length === 0 ? null : comments.join('\n');
  const after: unknown = isMap(collection) ? collection.items[index]?.key : collection.items[index];
  const spaced = removed.some((part) => isNode(part) && part.spaceBefore === true);
  if (!isNode(after)) {
    if (comment !== null) collection.comment = joined(comment, collection.comment);
    return;
  }
  if (comment !== null) after.commentBefore = joined(comment, after.commentBefore);
  if (spaced) after.spaceBefore = true;
}
