/** What the archive probe says about archives: src-main/probes/archive. What it says about documents: documents.ts. */
export const ARCHIVE = {
  'no 7-Zip can be started: most archives other than zip stay unverified':
    'aucun 7-Zip ne démarre : la plupart des archives autres que zip restent non vérifiées',
  'the archive could not be looked into: {why}': 'l’archive n’a pas pu être ouverte : {why}',
  'this version does not open its format ({kind})': 'cette version n’ouvre pas son format ({kind})',
  'it carries more than {count} archives': 'il porte plus de {count} archives',
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
  'the link {name} points outside the archive, to "{target}"':
    'le lien {name} mène hors de l’archive, vers « {target} »',
  'the member {name} would be written through a link of the archive to another place':
    'le fichier contenu {name} serait écrit ailleurs, à travers un lien de l’archive',
  'the member {name} is a device, a FIFO or a socket':
    'le fichier contenu {name} est un périphérique, une FIFO ou un socket',
  'unpacking stopped at the member {name}: {why}': 'l’extraction s’est arrêtée au fichier contenu {name} : {why}',
  'it was not opened: another archive of the same file is over a limit already':
    'il n’a pas été ouvert : une autre archive du même fichier dépasse déjà une limite',
  'another archive of the same file is over a limit already':
    'une autre archive du même fichier dépasse déjà une limite',
  'it unpacks to more than {ratio} times what was read of it': 'il donne plus de {ratio} fois ce qui en a été lu',
  '7-Zip needs more time or memory for it than it may have':
    '7-Zip demande plus de temps ou de mémoire qu’il ne peut en avoir pour l’ouvrir',
  'unpacking it needs more time or memory than it may have':
    'son extraction demande plus de temps ou de mémoire qu’elle ne peut en avoir',
  "the directory's entry of the member {name} can be read in two ways":
    'l’entrée du fichier contenu {name} dans le répertoire peut se lire de deux façons',
  'the member {name} cannot be unpacked by this version':
    'cette version ne peut pas extraire le fichier contenu {name}',
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

  '7-Zip: {why}': '7-Zip : {why}',
  '7-Zip says: {why}': '7-Zip dit : {why}',
  'no 7-Zip that opens {format} can be started': 'aucun 7-Zip qui ouvre {format} ne démarre',
  'the list of its members is encrypted, and no known password opens it':
    'la liste de ses fichiers est chiffrée, et aucun mot de passe connu ne l’ouvre',
  'the member {name} is encrypted, and no known password opens everything':
    'le fichier contenu {name} est chiffré, et aucun mot de passe connu n’ouvre le tout',
  'a part of it is encrypted': 'il est chiffré en partie',
  'it has more members than the {limit} that limits.archiveFiles allows':
    'il contient plus de fichiers que les {limit} que permet limits.archiveFiles',
  'it says that it unpacks to {bytes} bytes, more than limits.archiveBytes allows':
    'il annonce {bytes} octets une fois extrait, plus que ne permet limits.archiveBytes',
  'it says that it unpacks to more than limits.archiveRatio allows':
    'il annonce, une fois extrait, plus que ne permet limits.archiveRatio',
  'it says that it unpacks to more than {count} times its size':
    'il annonce, une fois extrait, plus de {count} fois sa taille',
  'its extended headers say what 7-Zip does not follow, as of sparse files':
    'ses en-têtes étendus disent ce que 7-Zip ne suit pas, comme des fichiers à trous',
  'its directories do not name the same files': 'ses répertoires ne nomment pas les mêmes fichiers',
  'it cannot be told what follows its last member': 'rien ne dit ce qui suit son dernier fichier',
  'it does not say how large its members are': 'il ne dit pas la taille de ses fichiers',
  'what comes out of it is not what it lists': 'ce qui en sort n’est pas ce qu’il annonce',
  '{count} bytes stand before its start': '{count} octets précèdent son début',
  '{count} bytes follow its end': '{count} octets suivent sa fin',

  'it carries more than {count} archives that share bytes':
    'il porte plus de {count} archives qui partagent des octets',
  'it has more than {count} beginnings of archives': 'il contient plus de {count} débuts d’archives',

  'the unpacking process: {why}': 'le processus d’extraction : {why}',
  'it cannot be started ({code})': 'il ne démarre pas ({code})',
  'it cannot be read to its end ({why})': 'il ne peut pas être lu jusqu’à sa fin ({why})',
  'there is no unpacker {name}': 'il n’y a pas d’extracteur {name}',
  'what came out of it cannot be understood ({why})': 'ce qui en est sorti est incompréhensible ({why})',
  'bytes outside a member': 'des octets hors d’un fichier',
  'a member inside a member': 'un fichier dans un fichier',
  'its end does not fit its members': 'sa fin ne correspond pas à ses fichiers',
  'a frame of no known kind': 'un message de type inconnu',
  'a frame is too long': 'un message est trop long',
  'a frame is cut off': 'un message est tronqué',
  'a frame is about another file': 'un message concerne un autre fichier',

  'at byte {offset}: {why}': 'à l’octet {offset} : {why}',
  'it holds a frame that is no content': 'il contient un bloc qui n’est pas du contenu',
  'bytes follow its end': 'des octets suivent sa fin',
  'it is cut off': 'il est tronqué',
  'its checksum is wrong': 'sa somme de contrôle est fausse',
  'it is of an unknown version': 'il est d’une version inconnue',
  'it needs a dictionary': 'il demande un dictionnaire',
  'its block size is unknown': 'sa taille de bloc est inconnue',
  'its header is damaged': 'son en-tête est endommagé',
  'a length is cut off': 'une longueur est tronquée',
  'a block is too long': 'un bloc est trop long',
  'a block is damaged': 'un bloc est endommagé',
  'a block is cut off': 'un bloc est tronqué',
  'a block has no end': 'un bloc n’a pas de fin',
  'the checksum of a block is wrong': 'la somme de contrôle d’un bloc est fausse',
} as const;
