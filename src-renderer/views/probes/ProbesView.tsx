import { useRoute } from '../../state/navigation';
import { ProbeForm } from './ProbeForm';
import { ProbeList } from './ProbeList';

/** All probes; one of them with its settings when the address names it. */
export function ProbesView() {
  const id = useRoute(({ path }) => path[0]);
  return id === undefined ? <ProbeList /> : <ProbeForm key={id} id={id} />;
}
