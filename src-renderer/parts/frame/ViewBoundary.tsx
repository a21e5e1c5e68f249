import { Component, type ReactNode } from 'react';
import { currentText } from '../../i18n/text';
import { Banner } from '../Banner';

interface State {
  readonly problem: string | null;
}

/** A mistake in one view is told there and leaves the rest of the window working. */
export class ViewBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { problem: null };

  static getDerivedStateFromError(error: unknown): State {
    return { problem: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    if (this.state.problem === null) return this.props.children;
    return <Banner tone="infected">{currentText()('frame.loadFailed', { problem: this.state.problem })}</Banner>;
  }
}
