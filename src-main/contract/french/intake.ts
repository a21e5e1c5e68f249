/** What could not be taken, and why: src-main/intake, and the walk in src-main/engine/intake.ts. */
export const INTAKE = {
  'a folder': 'un dossier',
  'a FIFO': 'une FIFO',
  'a socket': 'un socket',
  'a device': 'un périphérique',
  'a symbolic link': 'un lien symbolique',
  'not a folder': 'autre chose qu’un dossier',
  'permission denied': 'accès refusé',
  'it is gone': 'il n’est plus là',
  'too many open files': 'trop de fichiers ouverts',
  'it is {kind}, not a regular file': 'c’est {kind}, pas un fichier ordinaire',
  'it is a symbolic link, not a regular file': 'c’est un lien symbolique, pas un fichier ordinaire',
  'it is a socket or a device, not a regular file': 'c’est un socket ou un périphérique, pas un fichier ordinaire',
  'it has {bytes} bytes, more than the {limit} that limits.fileBytes allows':
    'il fait {bytes} octets, plus que les {limit} que permet limits.fileBytes',
  'another file stands in its place': 'un autre fichier a pris sa place',
  'a folder on its way was swapped for a link': 'un dossier sur son chemin a été remplacé par un lien',
  'it changed while it was read, {count} times': 'il a changé pendant la lecture, {count} fois',
  'it cannot be opened: {why}': 'il ne peut pas être ouvert : {why}',
  'it cannot be read: {why}': 'il ne peut pas être lu : {why}',
  'the private copy {path} cannot be written: {why}': 'la copie privée {path} ne peut pas être écrite : {why}',
  'the private copy {path} cannot be made durable: {why}':
    'la copie privée {path} ne peut pas être rendue durable : {why}',
  'the private copy {path} cannot be made: {why}': 'la copie privée {path} ne peut pas être faite : {why}',
  'the private copy {path} cannot be read back: {why}': 'la copie privée {path} ne peut pas être relue : {why}',
  'bytes in memory need a place to be written to': 'des octets en mémoire ont besoin d’un endroit où être écrits',
  'the intake thread ended: {why}': 'le fil de prise en charge s’est arrêté : {why}',
  '{path} does not exist: check the path and name it again':
    '{path} n’existe pas : vérifiez le chemin et nommez-le à nouveau',
  '{path} cannot be read: permission denied; give this user read access and name it again':
    '{path} ne peut pas être lu : accès refusé ; donnez à cet utilisateur le droit de lecture et nommez-le à nouveau',
  '{path} cannot be read: its path is too long for the system; name a folder further down':
    '{path} ne peut pas être lu : son chemin est trop long pour le système ; nommez un dossier plus bas',
  '{path} cannot be read: {why}; name it again when the cause is gone':
    '{path} ne peut pas être lu : {why} ; nommez-le à nouveau quand la cause a disparu',
  '{path} is {kind}, not a regular file: copy what it delivers to a file and name that':
    '{path} est {kind}, pas un fichier ordinaire : copiez ce qu’il livre dans un fichier et nommez celui-ci',
  'a symbolic link, listed and not followed': 'un lien symbolique, listé et non suivi',
  'a folder of Dropgate itself, listed and not entered': 'un dossier de Dropgate lui-même, listé et non parcouru',
  'the configuration that Dropgate runs with, listed and never gated':
    'la configuration dont Dropgate se sert, listée et jamais traitée',

  '{path} is not a folder: put a folder in its place, it is tried again':
    '{path} n’est pas un dossier : mettez un dossier à sa place, un nouvel essai suit',
  '{path} does not exist: create it or mount it, watching begins by itself then':
    '{path} n’existe pas : créez-le ou montez-le, la surveillance commence alors d’elle-même',
  '{path} cannot be read: {why}; give the user of Dropgate access, it is tried again':
    '{path} ne peut pas être lu : {why} ; donnez l’accès à l’utilisateur de Dropgate, un nouvel essai suit',
  'it cannot be read: permission denied; give the user of Dropgate access, it is tried again':
    'il ne peut pas être lu : accès refusé ; donnez l’accès à l’utilisateur de Dropgate, un nouvel essai suit',
  'its path is too long for the system: move it further up':
    'son chemin est trop long pour le système : déplacez-le plus haut',
  'it cannot be read: {why}; it is tried again': 'il ne peut pas être lu : {why} ; un nouvel essai suit',
  'it is a symbolic link, which is never followed: put the file itself there':
    'c’est un lien symbolique, jamais suivi : mettez-y le fichier lui-même',
  'it is {kind}, not a regular file: it is never opened': 'c’est {kind}, pas un fichier ordinaire : jamais ouvert',
  'it is the configuration that Dropgate runs with: it is never taken':
    'c’est la configuration dont Dropgate se sert : elle n’est jamais prise',
  'looking at the folder failed: {why}; it is tried again':
    'le dossier n’a pas pu être examiné : {why} ; un nouvel essai suit',
  '{count} files could not be handed on: {why}; next try in {seconds} s':
    '{count} fichiers n’ont pas pu être transmis au moteur : {why} ; nouvel essai dans {seconds} s',
  'more than {count} folders': 'plus de {count} dossiers',
  'watch fewer folders': 'surveillez moins de dossiers',
  'raise fs.inotify.max_user_watches': 'augmentez fs.inotify.max_user_watches',
  'file events: {why}; nothing is lost, the folder is searched now and then':
    'événements de fichiers : {why} ; rien n’est perdu, le dossier est parcouru de temps en temps',
  'not every folder can be listened to ({why}): {next}; until then the folder is searched every few seconds':
    'tous les dossiers ne peuvent pas être écoutés ({why}) : {next} ; jusque-là le dossier est parcouru toutes les quelques secondes',
} as const;
