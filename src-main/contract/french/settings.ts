/** What is wrong with a configuration: src-main/engine/settings-*.ts. Each text follows the key that it is about. */
export const SETTINGS = {
  '{is}; write {advice}': '{is} ; écrivez {advice}',
  '{is}; did you mean "{name}"? Write {advice}': '{is} ; vouliez-vous dire « {name} » ? Écrivez {advice}',
  'is missing': 'manque',
  'is empty': 'est vide',
  'is a list': 'est une liste',
  'has keys below it': 'a des clés en dessous',
  'is the text "{value}"': 'est le texte « {value} »',
  'is {value}': 'est {value}',
  'a text': 'un texte',
  'a number': 'un nombre',
  'a whole number': 'un nombre entier',
  'true or false': 'true ou false',
  'a list such as [one, two]': 'une liste telle que [un, deux]',
  'keys below it, or remove it': 'des clés en dessous, ou retirez-la',
  'names with keys below them, or remove it': 'des noms avec des clés en dessous, ou retirez-la',
  'at most {limit}': 'au plus {limit}',
  'at least {limit}': 'au moins {limit}',
  'more than {limit}': 'plus de {limit}',
  'a URL such as https://host:9000': 'une URL telle que https://machine:9000',
  'one of {names}': 'une valeur parmi {names}',
  'letters, digits, dot, dash and underscore only': 'seulement lettres, chiffres, point, tiret et souligné',
  '"{value}" is not a size; write bytes, or a number with KiB, MiB or GiB':
    '« {value} » n’est pas une taille ; écrivez des octets, ou un nombre avec KiB, MiB ou GiB',
  'is no possible name; write {advice}': 'n’est pas un nom possible ; écrivez {advice}',
  'is an empty text; write one, or remove the key': 'est un texte vide ; écrivez-en un, ou retirez la clé',
  'is an empty list; write at least one entry, or remove the key':
    'est une liste vide ; écrivez au moins une entrée, ou retirez la clé',
  'belongs to a later version of Dropgate; remove it': 'appartient à une version ultérieure de Dropgate ; retirez-la',
  'unknown key; {advice}': 'clé inconnue ; {advice}',
  'the keys here are {names}': 'les clés ici sont {names}',
  'did you mean "{name}"?': 'vouliez-vous dire « {name} » ?',
  'write one of {names}': 'écrivez une valeur parmi {names}',
  'there is no {kind} "{name}"; {advice}': '{kind} « {name} » : il n’y en a pas ; {advice}',
  probe: 'sonde',
  profile: 'profil',
  destination: 'destination',
  'names "{name}" twice; write it once': 'nomme « {name} » deux fois ; écrivez-le une fois',
  '"{name}" is not among the probes of this profile; write it in probes too, or leave it out here':
    '« {name} » n’est pas parmi les sondes de ce profil ; écrivez-la aussi dans probes, ou retirez-la d’ici',
  'profiles.{name}.required: {why}': 'profiles.{name}.required : {why}',
  'is an empty list, so no file could ever be proven clean; write at least one probe, or auto':
    'est une liste vide, aucun fichier ne pourrait être prouvé sain ; écrivez au moins une sonde, ou auto',
  '{path} lies in {kind}; write another folder': '{path} se trouve dans {kind} ; écrivez un autre dossier',
  '{path} holds {kind}; write another folder': '{path} contient {kind} ; écrivez un autre dossier',
  'the staging folder': 'le dossier des copies privées',
  'the held folder': 'le dossier des fichiers retenus',
  'the folder of indexes': 'le dossier des index',
  'the quarantine': 'la quarantaine',
  'the data folder': 'le dossier de données',
  'the destination {id}': 'la destination {id}',
  '{path} holds {kind}, so Dropgate would take in its own files; write another folder':
    '{path} contient {kind} : Dropgate y prendrait ses propres fichiers ; écrivez un autre dossier',
  '{kind}, {place}': '{kind}, {place}',
  '{path} is watched twice; write it once': '{path} est surveillé deux fois ; écrivez-le une fois',
  'names no key; name one': 'ne nomme aucune clé ; nommez-en une',
  'has a plain value where keys are to be set below it; remove the value first':
    'a une simple valeur là où des clés doivent venir en dessous ; retirez d’abord la valeur',
  '{is}; "{name}" cannot be there': '{is} ; « {name} » ne peut pas y être',
  'is a list, and its entries are counted': 'est une liste, ses entrées sont comptées',
  'has keys, and no counted entries': 'a des clés, et pas d’entrées comptées',
  'has {count} entries and none at position {position}; add entries at the end':
    'a {count} entrées et aucune à la position {position} ; ajoutez à la fin',
  'is no YAML value ({words}); write a scalar or a list such as [one, two]':
    'n’est pas une valeur YAML ({words}) ; écrivez une valeur simple ou une liste telle que [un, deux]',
  'cannot be set; the file has something else in its place':
    'ne peut pas être mis ; le fichier a autre chose à sa place',
  'fits {names}; write it in the file': 'peut désigner {names} ; écrivez-le dans le fichier',
  'no such setting; {advice}': 'ce réglage n’existe pas ; {advice}',
  'unset it': 'retirez la variable',
  'did you mean {name}?': 'vouliez-vous dire {name} ?',

  'holds no keys; write "key: value" lines': 'ne contient aucune clé ; écrivez des lignes « clé: valeur »',
  'cannot be read ({words}); write it as a file that you may read':
    'ne peut pas être lu ({words}) ; faites-en un fichier que vous pouvez lire',
  'is larger than {bytes} bytes; name the configuration': 'dépasse {bytes} octets ; nommez la configuration',
  'is not UTF-8; save it as UTF-8': 'n’est pas de l’UTF-8 ; enregistrez-le en UTF-8',
  'line {line}, column {column}: {why}': 'ligne {line}, colonne {column} : {why}',
  '{words}; write it without so many aliases': '{words} ; écrivez-le sans autant d’alias',
  '{words}; write valid YAML': '{words} ; écrivez du YAML valable',
  'the key "{name}" stands here a second time; write it once':
    'la clé « {name} » est ici une deuxième fois ; écrivez-la une fois',
  'the key stands here a second time; write it once': 'la clé est ici une deuxième fois ; écrivez-la une fois',
  'a tab cannot indent; write spaces': 'une tabulation ne peut pas décaler ; écrivez des espaces',
  'a second document begins; write one only': 'un deuxième document commence ; n’en écrivez qu’un',
  '{path}: there is no such file; name one that exists': '{path} : ce fichier n’existe pas ; nommez-en un qui existe',
  '{path} was changed by another program since it was shown; look at it as it is now, then change it again':
    '{path} a été modifié par un autre programme depuis qu’il a été montré ; voyez-le tel qu’il est, puis modifiez-le à nouveau',
  '{path}: there is no such file any more; put it back, or start anew without it':
    '{path} : ce fichier n’existe plus ; remettez-le, ou redémarrez sans lui',
  '{path} would be larger than {bytes} bytes': '{path} dépasserait {bytes} octets',
  '{path} is a link to nothing; remove it, or make what it names':
    '{path} est un lien vers rien ; retirez-le, ou créez ce qu’il nomme',
  '{path} is a link to {target}; change that file, or look at the settings first':
    '{path} est un lien vers {target} ; modifiez ce fichier, ou voyez d’abord les réglages',
  'the change of {path} cannot be written; change the file by hand':
    'la modification de {path} ne peut pas être écrite ; modifiez le fichier à la main',
} as const;
