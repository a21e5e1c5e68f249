import { useRoute } from '../../state/navigation';
import { FolderForm } from './FolderForm';
import { FolderList } from './FolderList';

/** Watched folders; one of them in its form when the address names it. */
export function FoldersView() {
  const dir = useRoute(({ path }) => path[0]);
  return dir === undefined ? <FolderList /> : <FolderForm key={dir} dir={dir} />;
}
