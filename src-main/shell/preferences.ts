import { z } from 'zod';
import type { ShellQuestion, ShellResult } from '../contract/shell-schema';
import { PrivateJson } from './private-json';

export type Preferences = ShellResult<'preferences'>;
export type PreferenceChange = ShellQuestion<'set-preferences'>;

/** Each with its default, so that a file of an older version, or an edited one, still counts where it can. */
const preferencesSchema = z.object({
  theme: z.enum(['light', 'dark', 'system']).catch('system'),
  language: z.enum(['en', 'fr', 'system']).catch('system'),
  notifications: z.boolean().catch(true),
  drainOnQuit: z.boolean().catch(true),
  firstRunDone: z.boolean().catch(false),
  savedViews: z.record(z.string(), z.json()).catch({}),
});

/** What the person set for the window; nothing here concerns what happens to files. */
export class PreferenceStore {
  private readonly file: PrivateJson<typeof preferencesSchema>;
  private readonly listeners: ((preferences: Preferences) => void)[] = [];

  constructor(path: string, warn: (text: string) => void) {
    this.file = new PrivateJson(path, preferencesSchema, warn);
  }

  get(): Preferences {
    return this.file.get();
  }

  async change(change: PreferenceChange): Promise<void> {
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    await this.file.set(preferencesSchema.parse({ ...this.file.get(), ...given }));
    for (const listener of this.listeners) listener(this.file.get());
  }

  onChange(listener: (preferences: Preferences) => void): void {
    this.listeners.push(listener);
  }
}
