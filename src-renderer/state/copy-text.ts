import { shell } from '../bridge';
import { currentText } from '../i18n/text';
import { tell } from './toasts';

/** Puts a text into the clipboard and says so. Throws CallError. */
export async function copyText(text: string): Promise<void> {
  await shell('copy', { text });
  tell(currentText()('parts.copied', { what: text }));
}
