/** What the archive probe says about a file: src-main/probes/archive. */
export const ARCHIVE = {
  'archives other than zip are not opened: they stay unverified':
    'les archives autres que zip ne sont pas ouvertes : elles restent non vérifiées',
  'the archive could not be looked into: {why}': 'l’archive n’a pas pu être ouverte : {why}',
  'it is a {format}, which this version does not open': 'son format ({format}) n’est pas ouvert par cette version',
  'it begins as a zip, but its end is missing': 'il commence comme un zip, mais sa fin manque',
  'it is one part of a zip in several files': 'c’est une partie d’un zip en plusieurs fichiers',
  'its directory has {bytes} bytes': 'son répertoire fait {bytes} octets',
  'it has {count} members, more than the {limit} that limits.archiveFiles allows':
    'il contient {count} fichiers, plus que les {limit} que permet limits.archiveFiles',
  'the name of the member {name} has {kind}': 'le nom du fichier contenu {name} a {kind}',
  'a NUL byte': 'un octet NUL',
  'an absolute path': 'un chemin absolu',
  'a drive letter': 'une lettre de lecteur',
  'a step to the parent folder': 'un pas vers le dossier parent',
  'its comment is cut off': 'son commentaire est tronqué',
  '{bytes} bytes follow its end ({words})': '{bytes} octets suivent sa fin ({words})',
  'its directory cannot be read ({why})': 'son répertoire ne peut pas être lu ({why})',
  'its directory reads as {count} members or {other}': 'son répertoire se lit comme {count} fichiers ou {other}',
  'its directory cannot be read to the end': 'son répertoire ne peut pas être lu jusqu’au bout',
  'its directory names {count} members, its end record {other}':
    'son répertoire nomme {count} fichiers, son enregistrement de fin {other}',
  'it has several end records that lead to directories':
    'il a plusieurs enregistrements de fin qui mènent à des répertoires',
  'it has more than {count} end records': 'il a plus de {count} enregistrements de fin',
  'its two end records disagree': 'ses deux enregistrements de fin se contredisent',
  'it has two directories': 'il a deux répertoires',
  'its directory does not end where its end record begins':
    'son répertoire ne se termine pas là où commence son enregistrement de fin',
  'the folder {name} has content': 'le dossier {name} a un contenu',
  'the member {name} is packed by method {method}, which cannot be unpacked yet':
    'le fichier contenu {name} est compressé par la méthode {method}, qui ne peut pas encore être décompressée',
  'the link {name} points outside the archive, to {target}': 'le lien {name} mène hors de l’archive, vers {target}',
  'unpacking stopped at the member {name}: {why}': 'l’extraction s’est arrêtée au fichier contenu {name} : {why}',
  "the directory's entry of the member {name} can be read in two ways":
    'l’entrée du fichier contenu {name} dans le répertoire peut se lire de deux façons',
  'the member {name} cannot be unpacked yet': 'le fichier contenu {name} ne peut pas encore être extrait',
  'the member {name} is damaged ({why})': 'le fichier contenu {name} est endommagé ({why})',
  'the member {name} is encrypted, and no known password opens it':
    'le fichier contenu {name} est chiffré, et aucun mot de passe connu ne l’ouvre',
  'the member {name} is not where the directory says': 'le fichier contenu {name} n’est pas là où le dit le répertoire',
  'the data of the member {name} is cut off': 'les données du fichier contenu {name} sont tronquées',
  'the member {name} has two different {kind}': 'le fichier contenu {name} se contredit : {kind}',
  '{why}; {next}': '{why} ; {next}',
  '{count} more': '{count} de plus',
  names: 'deux noms',
  sizes: 'deux tailles',
  checksums: 'deux sommes de contrôle',
  'compression methods': 'deux modes de compression',
  'kinds of storage': 'deux modes de stockage',
  'the member {name} shares its bytes with another': 'le fichier contenu {name} partage ses octets avec un autre',
  'at byte {offset} there is a member that its directory does not name':
    'à l’octet {offset} se trouve un fichier que son répertoire ne nomme pas',
} as const;
