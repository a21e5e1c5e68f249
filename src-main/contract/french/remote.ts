/** What the probes that ask a detection daemon say, and what its own settings may lack. */
export const REMOTE = {
  'the daemon at {place} cannot be reached ({words})': 'le démon à {place} est injoignable ({words})',
  'the daemon at {place} did not answer within {seconds} s': 'le démon à {place} n’a pas répondu en {seconds} s',
  'the token is sent to another machine without encryption (https would encrypt it)':
    'le jeton est envoyé à une autre machine sans chiffrement (https le chiffrerait)',
  'the answer broke off': 'la réponse s’est interrompue',
  "the daemon's answer cannot be used: {why}": 'la réponse du démon est inutilisable : {why}',
  'it is larger than {bytes} bytes': 'elle dépasse {bytes} octets',
  'it lacks what the API promises': 'il y manque ce que l’API promet',
  'it contradicts itself': 'elle se contredit',
  'it is about another request': 'elle concerne une autre demande',
  'it is about another file': 'elle concerne un autre fichier',
  'it is about no finished detection': 'elle ne concerne aucune détection terminée',
  'it reports on commands that failed': 'elle rend compte de commandes qui ont échoué',
  'no detection daemon listens there': 'aucun démon de détection n’écoute là',
  'an original daemon listens there; write commands and answers for this probe':
    'un démon d’origine écoute là ; écrivez commands et answers pour cette sonde',
  'an original daemon takes files from a shared folder only; write sharedPath for this probe':
    'un démon d’origine ne prend les fichiers que dans un dossier partagé ; écrivez sharedPath pour cette sonde',
  'the daemon at {place} wants another token; {next}': 'le démon à {place} demande un autre jeton ; {next}',
  'write tokenEnv for this probe': 'écrivez tokenEnv pour cette sonde',
  'put its token into {name}': 'mettez son jeton dans {name}',
  'the environment variable {name} holds no token': 'la variable d’environnement {name} ne contient aucun jeton',
  'the file is too large for the daemon at {place}': 'le fichier est trop grand pour le démon à {place}',
  'the daemon at {place} refused: {words}': 'le démon à {place} a refusé : {words}',
  'the file cannot be put into the shared folder {path} ({words})':
    'le fichier ne peut pas être mis dans le dossier partagé {path} ({words})',
  '{path} cannot be read ({words})': '{path} ne peut pas être lu ({words})',
  'files of up to {limit} bytes are sent to the daemon and this one has {bytes}':
    'les fichiers d’au plus {limit} octets sont envoyés au démon, et celui-ci en fait {bytes}',
  'the daemon has no definition for {type}': 'le démon n’a pas de définition pour {type}',
  'the daemon is not ready': 'le démon n’est pas prêt',
  'a command of the daemon failed': 'une commande du démon a échoué',
  'a command of the daemon failed: {words}': 'une commande du démon a échoué : {words}',
  'all commands of the daemon succeeded': 'toutes les commandes du démon ont réussi',
  'all commands of the daemon succeeded, which proves nothing here':
    'toutes les commandes du démon ont réussi, ce qui ne prouve rien ici',
  'the daemon does not say what its commands found; give its definition a verdict (for an original daemon, write answers for this probe)':
    'le démon ne dit pas ce que ses commandes ont trouvé ; donnez un verdict à sa définition (pour un démon d’origine, écrivez answers pour cette sonde)',
  'this worker has no definitions; write probes.command.apis':
    'ce démon n’a pas de définitions ; écrivez probes.command.apis',
  '"{name}" is the name of another probe; write a name of its own':
    '« {name} » est le nom d’une autre sonde ; écrivez un nom à elle',
  'has only one of certFile and keyFile; write both, or none':
    'n’a que certFile ou keyFile ; écrivez les deux, ou aucun',
} as const;
