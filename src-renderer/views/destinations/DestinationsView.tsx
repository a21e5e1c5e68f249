import { useRoute } from '../../state/navigation';
import { DestinationForm } from './DestinationForm';
import { DestinationList } from './DestinationList';

/** Places for clean files; one of them in its form when the address names it. */
export function DestinationsView() {
  const name = useRoute(({ path }) => path[0]);
  return name === undefined ? <DestinationList /> : <DestinationForm key={name} name={name} />;
}
