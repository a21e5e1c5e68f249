/** What the probes of the kind `icap` say about themselves, their servers and a file. */
export const ICAP = {
  'the ICAP server at {place} cannot be reached: {why}': 'le serveur ICAP sur {place} est hors d’atteinte : {why}',
  'nobody listens there; start the ICAP server and look at its log':
    'personne n’y écoute ; démarrez le serveur ICAP et consultez son journal',
  "no such host; correct the probe's url": 'cette machine n’existe pas ; corrigez l’url de la sonde',
  "the host name cannot be resolved now; correct the probe's url or check the network":
    'le nom de la machine ne peut pas être résolu ; corrigez l’url de la sonde ou vérifiez le réseau',
  "the host cannot be reached; check the probe's url and the network":
    'la machine est hors d’atteinte ; vérifiez l’url de la sonde et le réseau',
  "the network cannot be reached; check the probe's url and the network":
    'le réseau est hors d’atteinte ; vérifiez l’url de la sonde et le réseau',
  "no answer; check the probe's url and the firewall": 'pas de réponse ; vérifiez l’url de la sonde et le pare-feu',
  'the ICAP server did not answer within {seconds} s': 'le serveur ICAP n’a pas répondu en {seconds} s',
  'the ICAP server cannot be asked: {why}': 'le serveur ICAP ne peut pas être interrogé : {why}',
  'the ICAP server cannot be used: {why}': 'le serveur ICAP n’est pas utilisable : {why}',
  'it has no service of this name; correct the path in its url':
    'il n’a pas de service de ce nom ; corrigez le chemin dans son url',
  'it answered "{words}" when it was asked for its options':
    'il a répondu « {words} » quand ses options lui ont été demandées',
  'this service does not look at files (RESPMOD)': 'ce service n’examine pas de fichiers (RESPMOD)',
  'it says that it looks at no file at all (Transfer-Ignore: *)':
    'il dit n’examiner aucun fichier (Transfer-Ignore: *)',
  'the ICAP server changed while it looked at the file (another ISTag)':
    'le serveur ICAP a changé pendant qu’il examinait le fichier (autre ISTag)',
  'the ICAP server does not find the EICAR test file': 'le serveur ICAP ne trouve pas le fichier de test EICAR',
  'the ICAP server closed the connection before its answer was whole':
    'le serveur ICAP a fermé la connexion avant que sa réponse soit entière',
  'files over {limit} bytes are not covered: the ICAP server overlooked a test file below {bytes} bytes; raise its size limits, or set maxBytes to what it scans':
    'les fichiers de plus de {limit} octets ne sont pas couverts : le serveur ICAP n’a rien trouvé dans un fichier de test de moins de {bytes} octets ; relevez ses limites de taille, ou mettez maxBytes à ce qu’il analyse',
  'files are sent in a tar archive, because the ICAP server overlooked a test file in a PDF':
    'les fichiers sont envoyés dans une archive tar, car le serveur ICAP n’a rien trouvé dans un PDF de test',
  'the ICAP server overlooked test files in a PDF and in an archive: a file in which it finds nothing is unverified':
    'le serveur ICAP n’a rien trouvé dans un PDF et une archive de test : un fichier dans lequel il ne trouve rien est non vérifié',
  'files are sent to another machine without encryption (icaps would encrypt them)':
    'les fichiers sont envoyés à une autre machine sans chiffrement (icaps les chiffrerait)',

  'the ICAP server answered {what}, which is no answer':
    'le serveur ICAP a répondu {what}, ce qui n’est pas une réponse',
  'more than a header can be': 'plus que ne peut contenir un en-tête',
  'a header without an end': 'un en-tête sans fin',
  'control characters ("{words}")': 'des caractères de contrôle (« {words} »)',
  'two different values of {name}': 'deux valeurs différentes de {name}',
  '"{words}" as {name}': '« {words} » comme {name}',
  'more than once': 'plus d’une fois',
  '204 with a body': '204 avec un contenu',
  '200 without an HTTP answer': '200 sans réponse HTTP',
  'an HTTP header without an end': 'un en-tête HTTP sans fin',
  '"{words}" for an HTTP answer': '« {words} » comme réponse HTTP',
  'a chunk without an end': 'un morceau sans fin',
  'fields behind the content': 'des champs après le contenu',
  '"{words}" as the size of a chunk': '« {words} » comme taille d’un morceau',
  'more than a file of this size can become': 'plus que ce qu’un fichier de cette taille peut devenir',

  'it has {bytes} bytes, and the ICAP server is asked about files of at most {limit} bytes':
    'il fait {bytes} octets, et le serveur ICAP est interrogé sur des fichiers d’au plus {limit} octets',
  'the ICAP server could not look at the file: it answered "{words}"':
    'le serveur ICAP n’a pas pu examiner le fichier : il a répondu « {words} »',
  'the ICAP server put other content into its place (HTTP status {status}, {bytes} bytes)':
    'le serveur ICAP a mis un autre contenu à sa place (statut HTTP {status}, {bytes} octets)',
  'the ICAP server says {words}': 'le serveur ICAP dit {words}',
  'the ICAP server found nothing, but it overlooked test files in a PDF and in an archive':
    'le serveur ICAP n’a rien trouvé, mais il n’a rien trouvé non plus dans un PDF et une archive de test',
  'the ICAP server does not look at files of this name (Transfer-Ignore, {ending})':
    'le serveur ICAP n’examine pas les fichiers de ce nom (Transfer-Ignore, {ending})',
  'the ICAP server wanted no more than the first {sent} of its {bytes} bytes':
    'le serveur ICAP n’a voulu que les {sent} premiers de ses {bytes} octets',
  'the ICAP server answered after {sent} of its {bytes} bytes':
    'le serveur ICAP a répondu après {sent} de ses {bytes} octets',
  '"{name}" is the name of another probe; write a name of its own':
    '« {name} » est le nom d’une autre sonde ; écrivez un nom à elle',
} as const;
