/** What the other built-in probes say about themselves and about a file: YARA, hash lists, file type. */
export const PROBES = {
  'the probe was closed': 'la sonde a été fermée',
  'the scan was cancelled': 'l’analyse a été annulée',
  'nobody waits for this scan any more': 'plus personne n’attend cette analyse',
  'the staged file cannot be read ({why})': 'la copie privée ne peut pas être lue ({why})',
  'the staged file cannot be read': 'la copie privée ne peut pas être lue',
  'the staged file does not have the size it was hashed with':
    'la copie privée n’a pas la taille avec laquelle son empreinte a été prise',
  'the staged file became shorter while it was read': 'la copie privée a raccourci pendant la lecture',
  'the type of the content was not found out': 'le type du contenu n’a pas été trouvé',

  'the name is "{name}", the true ending none, the content: {type}':
    'le nom est « {name} », sans vraie extension, le contenu : {type}',
  'the name is "{name}", the true ending .{ending}, the content: {type}':
    'le nom est « {name} », la vraie extension .{ending}, le contenu : {type}',

  '{what} ({first} at {one})': '{what} ({first} à {one})',
  '{what} ({first} at {one}, {second} at {two})': '{what} ({first} à {one}, {second} à {two})',
  '{what} ({first} at {one}, {second} at {two}, {third} at {three})':
    '{what} ({first} à {one}, {second} à {two}, {third} à {three})',
  '{what} ({first} at {one}, {second} at {two}, {third} at {three}, ...)':
    '{what} ({first} à {one}, {second} à {two}, {third} à {three}, ...)',
  'rule {name} matched': 'la règle {name} a reconnu le fichier',
  'YARA looks at files up to {limit} bytes and this one has {bytes}':
    'YARA examine des fichiers d’au plus {limit} octets, et celui-ci en fait {bytes}',
  'YARA: {why}': 'YARA : {why}',
  'YARA is being closed': 'YARA se ferme',
  'YARA did not answer in time': 'YARA n’a pas répondu à temps',
  'YARA did not finish this file within {seconds} s': 'YARA n’a pas fini ce fichier en {seconds} s',
  'a YARA process sent garbage: {why}': 'un processus YARA a envoyé n’importe quoi : {why}',
  'the YARA process died on this file ({why})': 'le processus YARA est mort sur ce fichier ({why})',
  'the YARA processes do not start ({why})': 'les processus YARA ne démarrent pas ({why})',
  'signal {name}': 'signal {name}',
  'exit code {code}': 'code de sortie {code}',
  'exit code {code}: {words}': 'code de sortie {code} : {words}',
  'signal {name}: {words}': 'signal {name} : {words}',
  'the path holds a line break': 'le chemin contient un saut de ligne',
  'the rules are still being compiled': 'les règles sont encore en compilation',
  '{place} holds no rule file (*.yar, *.yara)': '{place} ne contient aucun fichier de règles (*.yar, *.yara)',
  'the rules in {place}: this path or one below {why}': 'les règles dans {place} : ce chemin ou un plus bas {why}',
  'does not exist': 'n’existe pas',
  'cannot be read ({why})': 'ne peut pas être lu ({why})',
  '{file}: it is not a regular file': '{file} : ce n’est pas un fichier ordinaire',
  '{file}: it is too large': '{file} : il est trop grand',
  '{file}: it cannot be read ({why})': '{file} : il ne peut pas être lu ({why})',
  '{file}: it is not UTF-8 text': '{file} : ce n’est pas un texte UTF-8',
  '{file}: it is empty': '{file} : il est vide',
  '{words} (and {count} more rule files with mistakes)':
    '{words} (et {count} autres fichiers de règles avec des fautes)',
  'engine {version}': 'moteur {version}',
  'engine {version}: much slower, because the native library is not used ({words})':
    'moteur {version} : bien plus lent, car la bibliothèque native n’est pas utilisée ({words})',
  'the largest accepted files may need {size} GiB of memory (probes.yara.maxBytes x processes)':
    'les plus grands fichiers acceptés peuvent demander {size} Gio de mémoire (probes.yara.maxBytes x processes)',
  'it has {bytes} bytes where {announced} were announced': 'il fait {bytes} octets là où {announced} étaient annoncés',
  'it ended after {bytes} of {announced} bytes': 'il s’est terminé après {bytes} octets sur {announced}',
  'it is not a regular file': 'ce n’est pas un fichier ordinaire',
  'it sent a line without an end': 'il a envoyé une ligne sans fin',

  'deny list {path}': 'liste d’interdiction {path}',
  'allow list {path}': 'liste d’autorisation {path}',
  '{algorithm} {hash} is on the {list}, line {line}': '{algorithm} {hash} est sur la {list}, ligne {line}',
  'SHA-256 {hash} is on the built-in deny list': 'SHA-256 {hash} est sur la liste d’interdiction intégrée',
  'the {list} holds no hash': 'la {list} ne contient aucune empreinte',
  'the hash lists were not read yet': 'les listes d’empreintes n’ont pas encore été lues',
  'the hash lists could not be searched: {why}': 'les listes d’empreintes n’ont pas pu être consultées : {why}',
  'the {list} is being indexed': 'la {list} est en cours d’indexation',
  'the {list} is being indexed ({percent} %)': 'la {list} est en cours d’indexation ({percent} %)',
  '{list} is missing': '{list} : ce fichier est absent',
  '{list} cannot be read: {why}': '{list} : ce fichier ne peut pas être lu : {why}',
  '{list} is being written to: it is read again when it has come to rest':
    '{list} : en cours d’écriture, elle est relue quand elle est au repos',
  '{list}, line {line}: {why}': '{list}, ligne {line} : {why}',
  '{list} cannot be read or indexed: {why}': '{list} : impossible à lire ou à indexer : {why}',
  'NUL bytes in {words}: the list must be plain text (UTF-8, not UTF-16)':
    'octets NUL dans {words} : la liste doit être un texte simple (UTF-8, pas UTF-16)',
  'no MD5, SHA-1 or SHA-256 hash in {words}': 'aucune empreinte MD5, SHA-1 ou SHA-256 dans {words}',
  '{count} hexadecimal digits are no hash (32, 40 or 64 digits are MD5, SHA-1, SHA-256) in {words}':
    '{count} chiffres hexadécimaux ne sont pas une empreinte (32, 40 ou 64 chiffres sont MD5, SHA-1, SHA-256) dans {words}',
  '{algorithm} hashes cannot be used (32, 40 or 64 digits are MD5, SHA-1, SHA-256) in {words}':
    'les empreintes {algorithm} ne sont pas utilisables (32, 40 ou 64 chiffres sont MD5, SHA-1, SHA-256) dans {words}',
  'a line of more than {bytes} bytes': 'une ligne de plus de {bytes} octets',
  'a list may have {count} lines': 'une liste peut avoir {count} lignes',
  'the index process failed: {why}': 'le processus d’indexation a échoué : {why}',
  'the index process said something unknown': 'le processus d’indexation a dit quelque chose d’inconnu',
  'the index process ended without an answer ({why})': 'le processus d’indexation s’est arrêté sans réponse ({why})',
  'the index of the {list} does not find its built-in entry': 'l’index de la {list} ne trouve pas son entrée intégrée',
  'an index of a hash list has no {algorithm} part': 'un index d’une liste d’empreintes n’a pas de partie {algorithm}',
  'an index of a hash list is damaged': 'un index d’une liste d’empreintes est endommagé',
  'an index of a hash list is too short': 'un index d’une liste d’empreintes est trop court',
  'an index of a hash list ends early': 'un index d’une liste d’empreintes se termine trop tôt',
  'this is no index of a hash list': 'ce n’est pas un index d’une liste d’empreintes',
  'a table of a hash list index does not fit its records': 'une table d’un index ne correspond pas à ses entrées',
  'the footer of an index is damaged: {why}': 'le pied d’un index est endommagé : {why}',
  "the {list} needs the item's {algorithm}, which is unknown":
    'la {list} demande l’empreinte {algorithm} du fichier, qui est inconnue',
} as const;
