import type { ResultItem } from '../../contract/result';
import type { Disposition } from '../../contract/verdict';
import type { GuidanceLanguage } from '../guidance';

/** Words of an exported document. */
export interface ExportWords {
  readonly title: string;
  readonly made: string;
  readonly files: (count: number) => string;
  readonly noFindings: string;
  readonly columns: {
    readonly path: string;
    readonly size: string;
    readonly type: string;
    readonly verdict: string;
    readonly sentence: string;
    readonly disposition: string;
    readonly destination: string;
    readonly problem: string;
    readonly received: string;
    readonly ended: string;
    readonly profile: string;
    readonly origin: string;
    readonly findings: string;
    readonly probes: string;
    readonly members: string;
    readonly guidance: string;
    readonly submission: string;
  };
}

export const EXPORT_WORDS: Record<GuidanceLanguage, ExportWords> = {
  en: {
    title: 'Dropgate report',
    made: 'Made',
    files: (count) => (count === 1 ? '1 file' : `${count} files`),
    noFindings: 'No probe reported a finding.',
    columns: {
      path: 'Path',
      size: 'Size in bytes',
      type: 'Type',
      verdict: 'Verdict',
      sentence: 'Why',
      disposition: 'Disposition',
      destination: 'Kept or sent to',
      problem: 'Problem',
      received: 'Received',
      ended: 'Ended',
      profile: 'Profile',
      origin: 'From',
      findings: 'Findings',
      probes: 'Probes',
      members: 'Members of the archive',
      guidance: 'What to do',
      submission: 'Submission',
    },
  },
  fr: {
    title: 'Rapport Dropgate',
    made: 'Établi le',
    files: (count) => (count <= 1 ? `${count} fichier` : `${count} fichiers`),
    noFindings: 'Aucune sonde n’a rien signalé.',
    columns: {
      path: 'Chemin',
      size: 'Taille en octets',
      type: 'Type',
      verdict: 'Verdict',
      sentence: 'Pourquoi',
      disposition: 'Destination décidée',
      destination: 'Gardé ou envoyé vers',
      problem: 'Problème',
      received: 'Reçu',
      ended: 'Terminé',
      profile: 'Profil',
      origin: 'Origine',
      findings: 'Détections',
      probes: 'Sondes',
      members: 'Contenu de l’archive',
      guidance: 'Que faire',
      submission: 'Envoi',
    },
  },
};

type State = NonNullable<ResultItem['verdict']> | Disposition;

const STATES: Record<GuidanceLanguage, Record<State, string>> = {
  en: {
    clean: 'Clean',
    suspicious: 'Suspicious',
    infected: 'Infected',
    unverified: 'Unverified',
    skipped: 'Skipped',
    cancelled: 'Cancelled',
    forwarded: 'Forwarded',
    quarantined: 'Quarantined',
    held: 'Held',
    released: 'Released',
    deleted: 'Deleted',
  },
  fr: {
    clean: 'Sain',
    suspicious: 'Suspect',
    infected: 'Infecté',
    unverified: 'Non vérifié',
    skipped: 'Ignoré',
    cancelled: 'Annulé',
    forwarded: 'Transmis',
    quarantined: 'En quarantaine',
    held: 'Retenu',
    released: 'Libéré',
    deleted: 'Supprimé',
  },
};

/** The word of a verdict or a disposition; nothing for what has none yet. */
export function stateWord(language: GuidanceLanguage, state: State | null): string {
  return state === null ? '' : STATES[language][state];
}
