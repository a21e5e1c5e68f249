import { ProbeError } from '../../base/errors';
import type { Finding } from '../../contract/finding';
import type { Coverage, ProbeReport } from '../../contract/probe-report';
import { shown } from './bad-reply';
import type { Content } from './content';
import { type Manner, versionOf } from './manner';
import type { Answer } from './respmod';
import { findingsIn } from './threats';

/** The finding for a server that puts something else into the place of a file, and names no threat. */
export const REPLACED = 'replaced-content';

const incomplete = (reason: 'limit_exceeded' | 'partial' | 'unsupported', detail: string): Coverage => ({
  kind: 'incomplete',
  reason,
  detail,
});

const versionsOf = ({ options, form }: Manner, tag = options.tag) => ({
  engineVersion: options.service,
  databaseVersion: versionOf(form, tag),
});

/** The report on a file that is larger than what the server is proven, or allowed, to look at. */
export function tooLargeReport(size: number, maxBytes: number, manner: Manner): ProbeReport {
  const detail = `it has ${size} bytes, and the ICAP server is asked about files of at most ${maxBytes} bytes`;
  return {
    statement: 'nothing_found',
    findings: [],
    coverage: incomplete('limit_exceeded', detail),
    ...versionsOf(manner),
  };
}

/**
 * What a whole answer means. Nothing was found where the server says that nothing need be changed (204), or gives back
 * (200) the same bytes with the same status, and no field tells of a threat. `ending`: of the file's name. Throws
 * PROBE_FAILED for every other status.
 */
export function toReport(
  answer: Answer,
  { content, ending, probe }: { readonly content: Content; readonly ending: string; readonly probe: string },
  manner: Manner,
): ProbeReport {
  const versions = versionsOf(manner, answer.tag);
  const findings = findingsOf(answer, probe);
  if (findings.length > 0) {
    return { statement: 'found', findings, coverage: { kind: 'complete' }, ...versions };
  }
  if (answer.status !== 200 && answer.status !== 204) {
    const message = `the ICAP server could not look at the file: it answered "${shown(answer.head.line)}"`;
    throw new ProbeError('PROBE_FAILED', message);
  }
  const coverage = coverageOf(answer, content.size, ending, manner);
  return { statement: 'nothing_found', findings, coverage, ...versions };
}

function findingsOf({ head, returned, sent }: Answer, probe: string): Finding[] {
  const named = findingsIn(returned === null ? [head] : [head, returned.head], probe);
  if (named.length > 0 || returned === null) return named;
  if (returned.status === 200 && returned.size === sent.bytes && returned.sha256 === sent.sha256) return [];
  const evidence = `the ICAP server put other content into its place (HTTP status ${returned.status}, ${returned.size} bytes)`;
  const guidance = ['suspicious-content'];
  return [{ probe, name: REPLACED, severity: 'suspicious', category: 'policy', evidence, guidance }];
}

/** How much of the file the server's silence is about. */
function coverageOf(
  { status, sent: { part, bytes } }: Answer,
  size: number,
  ending: string,
  { options, form }: Manner,
): Coverage {
  if (options.transferOf(ending) === 'ignore') {
    const which = `*${ending === '' ? '' : `.${shown(ending)}`}`;
    return incomplete('unsupported', `the ICAP server does not look at files of this name (Transfer-Ignore, ${which})`);
  }
  if (form === 'untested') {
    const detail = 'the ICAP server found nothing, but it overlooked test files in a PDF and in an archive';
    return incomplete('partial', detail);
  }
  if (part === 'whole') return { kind: 'complete' };
  if (part === 'preview' && status === 204) {
    return { kind: 'complete', detail: `the ICAP server wanted no more than the first ${bytes} of its ${size} bytes` };
  }
  return incomplete('partial', `the ICAP server answered after ${bytes} of its ${size} bytes`);
}
