import { shell } from '../../bridge';
import { useText } from '../../i18n/text';
import { act } from '../../state/act';
import { useEngine } from '../../state/engine';
import { Banner } from '../Banner';
import { Button } from '../Button';

/** Says so when the engine does not run. */
export function EngineBanner() {
  const say = useText();
  const state = useEngine((engine) => engine.state);
  switch (state.kind) {
    case 'running':
      return null;
    case 'starting':
      return <Banner tone="moving">{say('frame.starting')}</Banner>;
    case 'restarting':
      return (
        <Banner tone="suspicious">{say('frame.restarting', { ...state, problem: say.told(state.problem) })}</Banner>
      );
    case 'failed':
      return (
        <Banner
          tone="infected"
          actions={
            <Button kind="primary" onClick={() => act(() => shell('engine-restart', {}))}>
              {say('frame.restart')}
            </Button>
          }
        >
          {say('frame.failed', { problem: say.told(state.problem) })}
        </Banner>
      );
  }
}
