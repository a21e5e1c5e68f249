import { escapeHidden } from '../../base/display-name';
import { ProbeError } from '../../base/errors';
import { type DetectionAnswer, type DetectionReport, detectionAnswerSchema } from '../../contract/detection-api';
import type { Finding } from '../../contract/finding';
import type { ProbeReport } from '../../contract/probe-report';
import type { RemoteAnswers } from '../../contract/settings-remote';
import { badReply } from './client';

/** What was asked: an answer counts only when it is about just that. */
export interface Asked {
  readonly probe: string;
  readonly uuid: string;
  readonly sha256: string;
  readonly size: number;
  /** What the bare answers of an original daemon mean; null: nothing, as with those of a daemon of ours. */
  readonly answers: RemoteAnswers | null;
  /** Of an original daemon, which tells none. */
  readonly engineVersion: string;
}

const MOST_TEXT = 500;

/**
 * What the body of an answered `POST /scan` states about the file. Throws PROBE_BAD_REPLY for anything that is no
 * answer to what was asked, and PROBE_FAILED where commands failed or where nobody said what their success means.
 */
export function reportOf(body: unknown, asked: Asked): ProbeReport {
  const answer = checkedAnswer(body, asked);
  const { report, reported } = answer;
  if (report !== undefined) {
    if (reported !== true) throw badReply('it reports on commands that failed');
    return fromReport(report, asked);
  }
  if (asked.answers !== null) return fromBareAnswer(reported === true, asked, asked.answers);
  if (reported !== true) throw commandFailed(answer);
  const message =
    'the daemon does not say what its commands found; give its definition a verdict (for an original daemon, write answers for this probe)';
  throw new ProbeError('PROBE_FAILED', message, { retryable: false });
}

function checkedAnswer(body: unknown, asked: Asked): DetectionAnswer {
  const parsed = detectionAnswerSchema.safeParse(body);
  if (!parsed.success) throw badReply('it lacks what the API promises', parsed.error);
  const { id, inited, initied, scanned, reported, deleted } = parsed.data;
  if (id.toLowerCase() !== asked.uuid) throw badReply('it is about another request');
  if (inited !== undefined && initied !== undefined && inited !== initied) throw badReply('it contradicts itself');
  const done = inited ?? initied;
  if (deleted || scanned !== true || reported === null || done === undefined || done === null) {
    throw badReply('it is about no finished detection');
  }
  if (reported && !done) throw badReply('it contradicts itself');
  return parsed.data;
}

function fromReport(report: DetectionReport, asked: Asked): ProbeReport {
  if (report.uuid !== asked.uuid) throw badReply('it is about another request');
  if (report.sha256 !== asked.sha256 || report.size !== asked.size) throw badReply('it is about another file');
  const { statement, coverage, engineVersion, databaseVersion } = report;
  const findings = report.findings.map((finding): Finding => {
    const { evidence } = finding;
    const told = evidence === undefined ? {} : { evidence: shown(evidence) };
    return { ...finding, ...told, probe: asked.probe, name: shown(finding.name), category: shown(finding.category) };
  });
  const looked = coverage.kind === 'complete' ? coverage : { ...coverage, detail: shown(coverage.detail) };
  return { statement, findings, coverage: looked, engineVersion, databaseVersion };
}

/** An original daemon: whether commands succeeded is all that it says. */
function fromBareAnswer(succeeded: boolean, asked: Asked, answers: RemoteAnswers): ProbeReport {
  const meaning = succeeded ? answers.reported : answers.failed;
  if (meaning === 'error') {
    const message = succeeded
      ? 'all commands of the daemon succeeded, which proves nothing here'
      : 'a command of the daemon failed';
    throw new ProbeError('PROBE_FAILED', message, { retryable: !succeeded });
  }
  const evidence = succeeded ? 'all commands of the daemon succeeded' : 'a command of the daemon failed';
  const category = 'remote';
  const findings: Finding[] =
    meaning === 'clean'
      ? []
      : [{ probe: asked.probe, name: 'remote-detection', severity: meaning, category, evidence, guidance: [] }];
  return {
    statement: meaning === 'clean' ? 'nothing_found' : 'found',
    findings,
    coverage: { kind: 'complete' },
    engineVersion: asked.engineVersion,
    databaseVersion: null,
  };
}

function commandFailed({ failed }: DetectionAnswer): ProbeError {
  const message = 'a command of the daemon failed';
  return new ProbeError('PROBE_FAILED', failed === undefined ? message : `${message}: ${shown(failed)}`);
}

/** The words of another machine: no control reaches a screen, and none is longer than a report bears. */
const shown = (text: string) => escapeHidden(text.slice(0, MOST_TEXT));
