/** Why something that a person asked for was not done: the engine's calls and the shell's. */
export const CALLS = {
  'there is no item {id}': 'il n’y a pas d’élément {id}',
  'there is no item {id}; it may have been pruned': 'il n’y a pas d’élément {id} ; il a peut-être été purgé',
  'there is no submission {id}': 'il n’y a pas de dépôt {id}',
  'there is no probe "{id}"': 'il n’y a pas de sonde « {id} »',
  'there is no profile "{name}"; the profiles are: {names}':
    'il n’y a pas de profil « {name} » ; les profils sont : {names}',
  'there is no probe "{id}"; the probes are: {names}': 'il n’y a pas de sonde « {id} » ; les sondes sont : {names}',
  '{name} has ended already; there is nothing to cancel': '{name} est déjà terminé ; il n’y a rien à annuler',
  '{name} is decided and on its way; it can no longer be cancelled':
    '{name} est décidé et en route ; il ne peut plus être annulé',
  '{name} is {kind}, not held; gate the file again to have it scanned again':
    '{name} est {kind}, pas retenu ; déposez le fichier à nouveau pour qu’il soit analysé à nouveau',
  '{name} is {state}, neither held nor quarantined; nothing was changed':
    '{name} est {state}, ni retenu ni en quarantaine ; rien n’a été changé',
  cancelled: 'annulé',
  skipped: 'ignoré',
  released: 'restauré',
  deleted: 'supprimé',
  'the bytes of {name} were never taken or are gone; gate the file again':
    'les octets de {name} n’ont jamais été pris ou ont disparu ; déposez le fichier à nouveau',
  '{name} is a part of an archive; choose the archive itself':
    '{name} est dans une archive ; choisissez l’archive elle-même',
  '{name}: {why}': '{name} : {why}',
  'item {id} is quarantined, not held; restore it and gate it again, or state an exception':
    'l’élément {id} est en quarantaine, pas retenu ; restaurez-le et déposez-le à nouveau, ou posez une exception',
  'the bytes of item {id} were never taken or are gone; gate the file again':
    'les octets de l’élément {id} n’ont jamais été pris ou ont disparu ; déposez le fichier à nouveau',
  'the bytes of item {id} were never taken: {why}': 'les octets de l’élément {id} n’ont jamais été pris : {why}',
  'item {id} has no bytes, so no exception can name them':
    'l’élément {id} n’a pas d’octets, aucune exception ne peut les nommer',
  'nothing held or quarantined has the id {id}; "dropgate quarantine list" shows what there is':
    'rien de retenu ni en quarantaine n’a l’identifiant {id} ; « dropgate quarantine list » montre ce qu’il y a',
  'item {id}: a newer file has its path': 'élément {id} : un fichier plus récent a son chemin',
  '{path} belongs to Dropgate itself and is never gated; name other files':
    '{path} appartient à Dropgate lui-même et n’est jamais traité ; nommez d’autres fichiers',
  '"{path}" is no absolute path': '« {path} » n’est pas un chemin absolu',
  '{path} is not a watched folder': '{path} n’est pas un dossier surveillé',
  'not all named files could be taken ({why}); those that were go on, name the paths again for the others':
    'tous les fichiers nommés n’ont pas pu être pris ({why}) ; ceux qui l’ont été continuent, nommez à nouveau les autres',
  'the document over {count} files becomes too large; {fit} fit, so select fewer and export again':
    'le document sur {count} fichiers devient trop grand ; {fit} y tiennent, choisissez-en moins et exportez à nouveau',
  'too many lists are being read; ask again in a moment':
    'trop de listes sont en cours de lecture ; demandez à nouveau dans un instant',
  'the reading thread ended: {why}': 'le fil de lecture s’est arrêté : {why}',

  'rows {first} to {last} are missing': 'les lignes {first} à {last} manquent',
  'row {seq} is not what was written': 'la ligne {seq} n’est pas ce qui a été écrit',
  'segment {name} ends with row {seq}, which is missing': 'le segment {name} finit par la ligne {seq}, qui manque',
  'segment {name}: its head is not the hash of row {seq}':
    'segment {name} : sa tête n’est pas l’empreinte de la ligne {seq}',
  'row {seq} belongs to no segment': 'la ligne {seq} n’appartient à aucun segment',
  'the log begins behind row {seq}, and no row says that it was pruned so far':
    'le journal commence après la ligne {seq}, et aucune ligne ne dit qu’il a été purgé jusque-là',
  'and {count} more': 'et {count} de plus',
  'the report is missing': 'le rapport manque',
  'the report is damaged': 'le rapport est endommagé',
  'the report cannot be read: {why}': 'le rapport ne peut pas être lu : {why}',
  'it names row {seq} of the custody log, which is missing':
    'il nomme la ligne {seq} du journal de conservation, qui manque',
  'it names another hash for row {seq} of the custody log':
    'il nomme une autre empreinte pour la ligne {seq} du journal de conservation',

  'the engine does not run': 'le moteur ne tourne pas',
  'the engine does not run: {why}': 'le moteur ne tourne pas : {why}',
  'the engine is being started again: {why}': 'le moteur redémarre : {why}',
  'it ended {count} times in {minutes} minutes; {why}': 'il s’est arrêté {count} fois en {minutes} minutes ; {why}',
  'it was told to end': 'l’arrêt lui a été demandé',
  'the window is closing': 'la fenêtre se ferme',
  'the engine that was running here has ended': 'le moteur qui tournait ici s’est arrêté',
  "the engine's socket {path} cannot be reached: {why}": 'le socket du moteur {path} est hors d’atteinte : {why}',
  'the engine does not listen at {path}': 'le moteur n’écoute pas sur {path}',
  'the engine could not be started: {why}': 'le moteur n’a pas pu être démarré : {why}',
  'the engine ended with {code}': 'le moteur s’est arrêté avec {code}',
  'the engine was ended by {signal}': 'le moteur a été arrêté par {signal}',
  'the engine stops': 'le moteur s’arrête',
  'exit {code}': 'sortie {code}',
  'the engine ended': 'le moteur s’est arrêté',
  'the engine ends': 'le moteur s’arrête',
  'the engine is gone': 'le moteur n’est plus là',
  'the engine ended before it answered; what it was given is in its ledger and is finished by the next one':
    'le moteur s’est arrêté avant de répondre ; ce qu’il avait reçu est dans son registre et le prochain le finit',
  'the ledger is closed': 'le registre est fermé',
  "the ledger {path} cannot be opened: {why}. Check the disk and the folder's permissions.":
    'le registre {path} ne peut pas être ouvert : {why}. Vérifiez le disque et les droits du dossier.',
  'the ledger {path} is damaged: {why}. Start Dropgate again: it puts the newest sound backup in its place.':
    'le registre {path} est endommagé : {why}. Redémarrez Dropgate : il met à sa place la plus récente sauvegarde intacte.',
  'the ledger {path} is damaged ({why}), and there is no sound backup of it. To begin with an empty one, move it out of its folder and start again: what is held or quarantined stays where it is, and what is staged is scanned again.':
    'le registre {path} est endommagé ({why}), et il n’y en a pas de sauvegarde intacte. Pour recommencer avec un registre vide, déplacez-le hors de son dossier et redémarrez : ce qui est retenu ou en quarantaine reste où il est, et ce qui attendait l’analyse est analysé à nouveau.',
  'a row cannot be read': 'une ligne ne peut pas être lue',
  'its newest changes are lost: {file}-wal is gone': 'ses derniers changements sont perdus : {file}-wal n’est plus là',
  'the ledger was damaged, and its backup of {backup} took its place at {time}: {recovered} staged files are scanned again, {unnamed} held or quarantined files are in no list':
    'le registre était endommagé, et sa sauvegarde du {backup} a pris sa place le {time} : {recovered} fichiers en attente sont analysés à nouveau, {unnamed} fichiers retenus ou en quarantaine ne sont dans aucune liste',
  'the newest changes of the ledger were lost before {time}: {recovered} staged files are scanned again, {unnamed} held or quarantined files are in no list':
    'les derniers changements du registre ont été perdus avant le {time} : {recovered} fichiers en attente sont analysés à nouveau, {unnamed} fichiers retenus ou en quarantaine ne sont dans aucune liste',
  '{path} was written by a newer Dropgate (ledger version {version}, this one knows {known}); nothing was changed. Start the newer version, or name another --data-dir.':
    '{path} a été écrit par un Dropgate plus récent (registre version {version}, celui-ci connaît {known}) ; rien n’a été modifié. Démarrez la version plus récente, ou nommez un autre --data-dir.',
  "{path} is not a private folder of this user, so the engine's socket is not put there. Remove it, or name a shorter --data-dir.":
    '{path} n’est pas un dossier privé de cet utilisateur, le socket du moteur n’y est donc pas mis. Retirez-le, ou nommez un --data-dir plus court.',
  'another Dropgate engine owns this data folder ({path})':
    'un autre moteur Dropgate possède ce dossier de données ({path})',
  'the report could not be printed: {why}; save it as HTML instead':
    'le rapport n’a pas pu être imprimé : {why} ; enregistrez-le plutôt en HTML',
  '"{path}" was not chosen in a dialog; choose where to save it':
    '« {path} » n’a pas été choisi dans un dialogue ; choisissez où l’enregistrer',
  '"{path}" could not be written: {why}; choose another folder':
    '« {path} » n’a pas pu être écrit : {why} ; choisissez un autre dossier',
  '"{path}" cannot be shown by the file manager: its name is no plain text':
    '« {path} » ne peut pas être montré par le gestionnaire de fichiers : son nom n’est pas du texte simple',
  '"{path}" is not there any more': '« {path} » n’est plus là',
  'only https addresses are opened, not "{url}"': 'seules les adresses https s’ouvrent, pas « {url} »',
  '{why}; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, or use ~/.aws/credentials, instead':
    '{why} ; mettez plutôt AWS_ACCESS_KEY_ID et AWS_SECRET_ACCESS_KEY dans l’environnement, ou servez-vous de ~/.aws/credentials',
  'this system has no key store that is open': 'ce système n’a pas de trousseau de clés ouvert',
  'no key store (GNOME keyring, KWallet) runs on this desktop, and without one a secret would be readable by anybody':
    'aucun trousseau de clés (GNOME, KWallet) ne tourne sur ce bureau, et sans lui un secret serait lisible par tous',
  'This page is not connected to Dropgate. Open it with the Dropgate app.':
    'Cette page n’est pas reliée à Dropgate. Ouvrez-la avec l’application Dropgate.',
} as const;
