import { Notification } from 'electron';
import type { Notice } from './attention';
import { hasSessionServices } from './tray';

/** More are not clicked; a desktop that keeps a history never says that one is closed. */
const MOST_KEPT = 20;

/** The system's notices. One that nothing holds is collected as garbage, and its click is lost: the latest are held. */
export class Notices {
  private readonly icon: string;
  private readonly onClick: (view: string) => void;
  private kept: Notification[] = [];

  /** `onClick` gets the view that helps. */
  constructor(icon: string, onClick: (view: string) => void) {
    this.icon = icon;
    this.onClick = onClick;
  }

  /** Shows it where the desktop shows any. */
  show({ title, body, view }: Notice): void {
    if (!hasSessionServices() || !Notification.isSupported()) return;
    const notification = new Notification({ title, body, icon: this.icon });
    notification.on('click', () => this.onClick(view));
    this.kept = [...this.kept, notification].slice(-MOST_KEPT);
    notification.show();
  }
}
