/** Why bytes do not reach or leave a place, and what a test of a destination found: src-main/sinks. */
export const SINKS = {
  '{where} cannot be written: {why}': '{where} : l’écriture est impossible : {why}',
  'the quarantine {path}': 'la quarantaine {path}',
  'the disk is full; make room there': 'le disque est plein ; faites-y de la place',
  'the disk quota is used up; make room there or raise it':
    'le quota du disque est épuisé ; faites-y de la place ou augmentez-le',
  'permission denied; give the user that runs Dropgate the right to write there':
    'accès refusé ; donnez à l’utilisateur de Dropgate le droit d’y écrire',
  'it does not exist; make the folder or mount what should be there':
    'le dossier n’existe pas ; créez-le ou montez ce qui devrait être là',
  'it is mounted read-only; mount it for writing': 'monté en lecture seule ; montez-le en écriture',
  'too many open files; raise the limit of open files (ulimit -n)':
    'trop de fichiers ouverts ; augmentez la limite de fichiers ouverts (ulimit -n)',
  'too many open files on this machine; raise the limit of the system':
    'trop de fichiers ouverts sur cette machine ; augmentez la limite du système',
  'the path is too long for its file system': 'le chemin est trop long pour son système de fichiers',
  'its file system does not take the name': 'son système de fichiers n’accepte pas le nom',
  'a file is in the place of a folder of the path': 'un fichier est à la place d’un dossier du chemin',
  'a symbolic link is in the path': 'un lien symbolique est dans le chemin',
  'the file is larger than its file system takes': 'le fichier dépasse ce que son système de fichiers accepte',
  '{why} ({words})': '{why} ({words})',
  '{path} is not a folder': '{path} n’est pas un dossier',
  '{path} is {kind}, nothing is written through it': '{path} est {kind}, rien n’est écrit au travers',
  '{path} is there already and is something else': '{path} est déjà là et est autre chose',
  '{count} of {bytes} bytes arrived at the destination': '{count} octets sur {bytes} sont arrivés à la destination',
  'the staged bytes are not those that were scanned': 'la copie privée n’est pas celle qui a été analysée',
  'the staged bytes are not those that were scanned; nothing was published':
    'la copie privée n’est pas celle qui a été analysée ; rien n’a été publié',
  'the staged bytes have SHA-256 {hash}, but {other} was scanned':
    'la copie privée a le SHA-256 {hash}, mais {other} a été analysé',
  'the staged copy is gone or replaced': 'la copie privée a disparu ou a été remplacée',
  'the staged copy cannot be read ({words})': 'la copie privée ne peut pas être lue ({words})',
  '"{name}" is not a path below the submission: {why}': '« {name} » n’est pas un chemin du dépôt : {why}',
  '"{name}" is not the id of a submission': '« {name} » n’est pas l’identifiant d’un dépôt',
  'it has an empty name': 'il a un nom vide',
  'it has the name "{name}"': 'il a le nom « {name} »',
  'Windows does not take one of its characters': 'Windows n’accepte pas un de ses caractères',
  'it is empty': 'il est vide',
  'it holds a NUL byte': 'il contient un octet NUL',

  'the held folder has another file under every name of item {id}':
    'le dossier des fichiers retenus a un autre fichier sous chaque nom de l’élément {id}',
  'the held bytes are not those that were scanned': 'les octets retenus ne sont pas ceux qui ont été analysés',
  'the held bytes are gone': 'les octets retenus ont disparu',
  'the stored file does not exist': 'le fichier gardé n’existe pas',
  'the stored file has SHA-256 {hash}, but {other} was recorded':
    'le fichier gardé a le SHA-256 {hash}, mais {other} a été enregistré',
  '{name} exists already and is never overwritten; choose another name':
    '{name} existe déjà et n’est jamais écrasé ; choisissez un autre nom',
  'every name that "{name}" may have in the quarantine of {id} is taken':
    'chaque nom que « {name} » peut avoir dans la quarantaine de {id} est pris',
  'the CaRT file has no header of Dropgate': 'le fichier CaRT n’a pas d’en-tête de Dropgate',
  'the CaRT file is damaged: {why}': 'le fichier CaRT est endommagé : {why}',
  'its header was changed': 'son en-tête a été modifié',
  'header and footer tell different hashes': 'l’en-tête et le pied donnent des empreintes différentes',
  'it is cut off': 'il est tronqué',
  'its footer is not where its tail says': 'son pied n’est pas là où le dit sa fin',
  'it holds more bytes than its footer says': 'il contient plus d’octets que ne le dit son pied',
  'its data cannot be unpacked ({words})': 'ses données ne peuvent pas être décompressées ({words})',
  'bytes follow its data': 'des octets suivent ses données',
  'its {field} is {value}, its footer says {other}': 'son {field} est {value}, son pied dit {other}',
  'it does not begin with CART': 'il ne commence pas par CART',
  'version {version} is unknown': 'la version {version} est inconnue',
  'its head has a reserved field that is not zero': 'son début a un champ réservé qui n’est pas zéro',
  'it was sealed with a private key': 'il a été scellé avec une clé privée',
  'its header would have {bytes} bytes': 'son en-tête aurait {bytes} octets',
  'it does not end with TRAC': 'il ne se termine pas par TRAC',
  'its tail has a reserved field that is not zero': 'sa fin a un champ réservé qui n’est pas zéro',
  'its header cannot be read': 'son en-tête ne peut pas être lu',
  'its footer cannot be read': 'son pied ne peut pas être lu',
  'the CaRT thread ended: {why}': 'le fil CaRT s’est arrêté : {why}',
  'the thread {name} ended: {why}': 'le fil {name} s’est arrêté : {why}',
  'it was closed': 'il a été fermé',
  'it did not answer in time': 'il n’a pas répondu à temps',
} as const;

/** S3, and the steps of a test. */
export const DESTINATIONS = {
  '{where}: {why} ({words})': '{where} : {why} ({words})',
  'no credentials were found; set them as for the AWS command line':
    'aucun identifiant n’a été trouvé ; indiquez-les comme pour la ligne de commande AWS',
  'the bucket does not exist; make it or correct "bucket"': 'le bucket n’existe pas ; créez-le ou corrigez « bucket »',
  'access is denied; check credentials, bucket policy and the clock':
    'l’accès est refusé ; vérifiez identifiants, droits du bucket et horloge',
  'the bucket was not found; check "bucket", "endpoint" and "pathStyle"':
    'le bucket n’a pas été trouvé ; vérifiez « bucket », « endpoint » et « pathStyle »',
  'check "region" and "endpoint"': 'vérifiez « region » et « endpoint »',
  'the server needs a length; set "checksums: when_required"':
    'le serveur demande une longueur ; mettez « checksums: when_required »',
  'the server lacks a function; try "conditionalPut: off" and "checksums: when_required"':
    'une fonction manque au serveur ; essayez « conditionalPut: off » et « checksums: when_required »',
  'the server asks for less; it is tried again': 'le serveur demande moins de requêtes ; un nouvel essai suit',
  'the server failed; it is tried again': 'le serveur a échoué ; un nouvel essai suit',
  'it cannot be reached; check "endpoint", network and server':
    'hors d’atteinte ; vérifiez « endpoint », le réseau et le serveur',
  'other bytes arrived than were sent; it is tried again':
    'd’autres octets sont arrivés que ceux envoyés ; un nouvel essai suit',
  'the server did not take the request': 'le serveur n’a pas accepté la requête',
  'the server will never take this file': 'le serveur n’acceptera jamais ce fichier',
  'the key would have {bytes} bytes, S3 takes {limit}': 'la clé ferait {bytes} octets, S3 en accepte {limit}',
  '{place} was taken and given up meanwhile': '{place} a été pris puis libéré entre-temps',
  '{what} arrived instead of {bytes} bytes, {hash}': '{what} est arrivé au lieu de {bytes} octets, {hash}',
  'nothing arrived instead of {bytes} bytes, {hash}': 'rien n’est arrivé au lieu de {bytes} octets, {hash}',
  '{bytes} bytes, SHA-256 {hash}': '{bytes} octets, SHA-256 {hash}',
  '{bytes} bytes, SHA-256 not told': '{bytes} octets, SHA-256 non indiqué',

  '{count} of {bytes} bytes arrived; mend the server': '{count} octets sur {bytes} sont arrivés ; réparez le serveur',
  'the server keeps no metadata beside objects, so what arrives cannot be proven; use another server':
    'le serveur ne garde pas de métadonnées à côté des objets, rien ne prouve ce qui arrive ; prenez un autre serveur',
  'other bytes came back than were sent ({bytes}); mend the server':
    'd’autres octets sont revenus que ceux envoyés ({bytes}) ; réparez le serveur',
  'the server began an upload without a name for it': 'le serveur a commencé un envoi sans lui donner de nom',
  'Credentials were found; their key ends in {end}.': 'Des identifiants ont été trouvés ; leur clé finit par {end}.',
  'An object was stored with its hash beside it.': 'Un objet a été déposé avec son empreinte à côté.',
  'An object was stored with its hash beside it. It works with other settings than given: set {settings}.':
    'Un objet a été déposé avec son empreinte à côté. Cela marche avec d’autres réglages : mettez {settings}.',
  '{why} (tried with {settings})': '{why} (essayé avec {settings})',
  'The object came back byte for byte.': 'L’objet est revenu octet pour octet.',
  'Large files can go up in parts.': 'Les grands fichiers peuvent être envoyés par parties.',
  'Large files can go up in parts; only there the server does not refuse to replace an object.':
    'Les grands fichiers peuvent être envoyés par parties ; là seulement le serveur ne refuse pas de remplacer un objet.',
  'Nothing of the test was left there.': 'Rien de l’essai n’y est resté.',
  'The server refuses to replace an object when asked to.':
    'Le serveur refuse de remplacer un objet quand on le demande.',
  'The server replaces an object although asked not to; with "conditionalPut: auto" Dropgate looks first.':
    'Le serveur remplace un objet malgré la demande contraire ; avec « conditionalPut: auto », Dropgate regarde d’abord.',
  'The server does not know conditional puts; with "conditionalPut: off" Dropgate looks first.':
    'Le serveur ne connaît pas l’envoi conditionnel ; avec « conditionalPut: off », Dropgate regarde d’abord.',
  '{why} "conditionalPut: on" does not work here.': '{why} « conditionalPut: on » ne marche pas ici.',
  '{place} was left there; remove it by hand. Dropgate deletes only what arrived wrong: {why}':
    '{place} y est resté ; retirez-le à la main. Dropgate ne supprime que ce qui est mal arrivé : {why}',
  '{path} is no folder': '{path} n’est pas un dossier',
  '{path} is not there yet and can be made.': '{path} n’est pas encore là et peut être créé.',
  '{path} is there.': '{path} est là.',
  'other bytes came back than were written; check the disk':
    'd’autres octets sont revenus que ceux écrits ; vérifiez le disque',
  'A file was written there and read back, byte for byte.': 'Un fichier y a été écrit et relu, octet pour octet.',
  'a file of that name was there already; try again': 'un fichier de ce nom était déjà là ; recommencez',
  'A finished file gets its name in one step.': 'Un fichier terminé reçoit son nom en une seule étape.',
  'The file system does not tell how much space is free.':
    'Le système de fichiers ne dit pas combien de place est libre.',
  '{size} GiB are free.': '{size} Gio sont libres.',
  '{size} GiB free': '{size} Gio libres',
} as const;
