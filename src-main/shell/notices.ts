import { type NativeImage, Notification, nativeImage } from 'electron';
import type { Notice } from './attention';
import { hasSessionServices } from './tray';

/** More are not clicked; a desktop that keeps a history never says that one is closed. */
const MOST_KEPT = 20;
/** Linux desktops are sent every pixel: the whole icon would be 4 MB with each notice. */
const ICON_WIDTH = 128;

/** The system's notices. One that nothing holds is collected as garbage, and its click is lost: the latest are held. */
export class Notices {
  private readonly icon: NativeImage;
  private readonly onClick: (view: string) => void;
  private kept: Notification[] = [];

  /** `icon`: a picture's file. `onClick` gets the view that helps. */
  constructor(icon: string, onClick: (view: string) => void) {
    this.icon = nativeImage.createFromPath(icon).resize({ width: ICON_WIDTH });
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
