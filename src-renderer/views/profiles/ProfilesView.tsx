import { useRoute } from '../../state/navigation';
import { ProfileForm } from './ProfileForm';
import { ProfileList } from './ProfileList';

/** Named ways to gate files; one of them in its form when the address names it. */
export function ProfilesView() {
  const name = useRoute(({ path }) => path[0]);
  return name === undefined ? <ProfileList /> : <ProfileForm key={name} name={name} />;
}
