import { useText } from '../../i18n/text';
import { hasWords } from '../../parts/form/form-search';
import { FormSection } from '../../parts/form/SchemaGroup';
import { usePreferences } from '../../state/preferences';

const WORDS = ['about', 'version', 'platform', 'configuration', 'dataFolder'] as const;

export function useAboutIsSought(search: string): boolean {
  const say = useText();
  return hasWords(
    WORDS.map((word) => say(`settings.${word}`)),
    search,
  );
}

/** What runs here and where it keeps things: what a person is asked for when something is wrong. */
export function AboutDropgate({ search, file }: { readonly search: string; readonly file: string | null }) {
  const say = useText();
  const about = usePreferences((state) => state.about);
  const isSought = useAboutIsSought(search);
  if (about === null || !isSought) return null;
  const facts = [
    { name: say('settings.version'), value: `Dropgate ${about.version}` },
    { name: say('settings.platform'), value: `${about.platform}, Electron ${about.electron}` },
    { name: say('settings.configuration'), value: file },
    { name: say('settings.dataFolder'), value: about.dataDir },
  ].filter(({ value }) => value !== null && value !== '');
  return (
    <FormSection title={say('settings.about')}>
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-1">
        {facts.map(({ name, value }) => (
          <div key={name} className="col-span-full grid grid-cols-subgrid">
            <dt className="text-muted">{name}</dt>
            <dd className="[overflow-wrap:anywhere]">
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </FormSection>
  );
}
