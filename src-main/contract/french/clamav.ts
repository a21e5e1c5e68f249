/** What the ClamAV probe says: src-main/probes/clamav. The words of clamd itself stay as they are. */
export const CLAMAV = {
  'ClamAV matched {name}': 'ClamAV a reconnu {name}',
  'ClamAV reached one of its limits ({name})': 'ClamAV a atteint une de ses limites ({name})',
  'it is encrypted, or a part of it is ({name})': 'il est chiffré, en tout ou en partie ({name})',
  'it has {bytes} bytes, and ClamAV scans files of at most {limit} bytes':
    'il fait {bytes} octets, et ClamAV analyse des fichiers d’au plus {limit} octets',
  'ClamAV does not tell what it leaves out of a PDF (set AlertExceedsMax yes in clamd.conf)':
    'ClamAV ne dit pas ce qu’il omet d’un PDF (mettez AlertExceedsMax yes dans clamd.conf)',
  "the scan took as long as ClamAV's MaxScanTime ({ms} ms), and may be cut off":
    'l’analyse a duré aussi longtemps que MaxScanTime de ClamAV ({ms} ms), et peut être tronquée',
  'ClamAV did not look at the file': 'ClamAV n’a pas regardé le fichier',
  'ClamAV failed: {why}': 'ClamAV a échoué : {why}',
  'ClamAV did not answer within {seconds} s': 'ClamAV n’a pas répondu en {seconds} s',
  'the size limit of {who} cannot be tested: {why}': 'la limite de taille de {who} ne peut pas être éprouvée : {why}',
  'clamd refused the file: {words}': 'clamd a refusé le fichier : {words}',
  'clamd could not scan the file: {words}': 'clamd n’a pas pu analyser le fichier : {words}',
  'clamd answered {kind}, which is no answer': 'clamd a répondu {kind}, ce qui n’est pas une réponse',
  'more than a reply can be': 'plus qu’une réponse ne peut contenir',
  'more than once': 'plus d’une fois',
  '{words} and closed': '{words} puis a fermé',
  'clamd answered before it had the whole file': 'clamd a répondu avant d’avoir tout le fichier',
  'clamd answered a question that was not open': 'clamd a répondu à une question qui n’était pas posée',
  'clamd closed the connection while it scanned this file alone':
    'clamd a fermé la connexion alors qu’il n’analysait que ce fichier',
  'clamd closed the connection {count} times without an answer': 'clamd a fermé la connexion {count} fois sans réponse',
  'clamd was stuck on other files again and again': 'clamd est resté bloqué sur d’autres fichiers à plusieurs reprises',
  'clamd at {place} closed the connection without an answer': 'clamd sur {place} a fermé la connexion sans réponse',
  'clamd was started anew or got other signatures while it had the file':
    'clamd a été redémarré ou a reçu d’autres signatures pendant qu’il avait le fichier',
  'clamd is too busy to be asked once more behind its OK':
    'clamd est trop occupé pour être interrogé encore une fois après son OK',
  'a path that cannot be sent to clamd': 'un chemin qui ne peut pas être envoyé à clamd',
  'a path that cannot be given to clamscan': 'un chemin qui ne peut pas être donné à clamscan',
  'clamscan gave no answer about the file': 'clamscan n’a pas répondu sur le fichier',
  '{program} failed: {why}': '{program} a échoué : {why}',

  'clamd at {place} cannot be reached: {why}': 'clamd sur {place} est hors d’atteinte : {why}',
  'the socket does not exist; start clamd (systemctl start clamav-daemon) or correct probes.clamav.socket':
    'le socket n’existe pas ; démarrez clamd (systemctl start clamav-daemon) ou corrigez probes.clamav.socket',
  'nobody listens there; start clamd (systemctl start clamav-daemon) and look at its log':
    'personne n’y écoute ; démarrez clamd (systemctl start clamav-daemon) et voyez son journal',
  "permission denied; let this program's user into clamd's group, or set LocalSocketMode 666 in clamd.conf":
    'accès refusé ; mettez l’utilisateur de ce programme dans le groupe de clamd, ou LocalSocketMode 666 dans clamd.conf',
  'this is no socket; correct probes.clamav.socket': 'ce n’est pas un socket ; corrigez probes.clamav.socket',
  'no such host; correct probes.clamav.host': 'cette machine n’existe pas ; corrigez probes.clamav.host',
  'the host name cannot be resolved now; correct probes.clamav.host or check the network':
    'le nom de la machine ne peut pas être résolu ; corrigez probes.clamav.host ou vérifiez le réseau',
  'the host cannot be reached; check probes.clamav.host and the network':
    'la machine est hors d’atteinte ; vérifiez probes.clamav.host et le réseau',
  'the network cannot be reached; check probes.clamav.host and the network':
    'le réseau est hors d’atteinte ; vérifiez probes.clamav.host et le réseau',
  'no answer; check probes.clamav.host, probes.clamav.port and the firewall':
    'pas de réponse ; vérifiez probes.clamav.host, probes.clamav.port et le pare-feu',
  '{why}; start clamd and look at its log': '{why} ; démarrez clamd et voyez son journal',
  'clamd has no signature database any more; look at its log, run freshclam and restart clamd':
    'clamd n’a plus de base de signatures ; voyez son journal, lancez freshclam et redémarrez clamd',
  'clamd at {place} does not find the EICAR test file; look at its signature database (freshclam) and its log, and restart it':
    'clamd sur {place} ne trouve pas le fichier d’essai EICAR ; voyez sa base de signatures (freshclam) et son journal, et redémarrez-le',
  'clamd at {place} does not find the EICAR test file: {words}; look at its signature database (freshclam) and its log, and restart it':
    'clamd sur {place} ne trouve pas le fichier d’essai EICAR : {words} ; voyez sa base de signatures (freshclam) et son journal, et redémarrez-le',
  'ClamAV is not there: no clamd was found, and the program {program} is not installed; install clamav-daemon, or set probes.clamav.socket, host and port, or binary':
    'ClamAV n’est pas là : aucun clamd n’a été trouvé, et le programme {program} n’est pas installé ; installez clamav-daemon, ou indiquez probes.clamav.socket, host et port, ou binary',
  '{why} (on the EICAR test file); is there a signature database? Run freshclam, or start clamd':
    '{why} (sur le fichier d’essai EICAR) ; y a-t-il une base de signatures ? Lancez freshclam, ou démarrez clamd',
  'clamscan {version} does not find the EICAR test file; renew its signatures (freshclam)':
    'clamscan {version} ne trouve pas le fichier d’essai EICAR ; renouvelez ses signatures (freshclam)',
  '{why}; and {next}': '{why} ; et {next}',

  'every file starts {program}, which is slow; clamd is many times faster':
    'chaque fichier lance {program}, ce qui est lent ; clamd est bien plus rapide',
  'clamd is busy: its test file waits in the queue, and the last one was found':
    'clamd est occupé : son fichier d’essai attend dans la file, et le dernier a été trouvé',
  "files are sent to clamd (INSTREAM), because it cannot read {path}: {why}; let clamd's user into the group of that folder and of those above it":
    'les fichiers sont envoyés à clamd (INSTREAM), car il ne peut pas lire {path} : {why} ; mettez l’utilisateur de clamd dans le groupe de ce dossier et de ceux au-dessus',
  'no test file can be written there ({why})': 'aucun fichier d’essai ne peut y être écrit ({why})',
  'it does not find the test file there': 'il n’y trouve pas le fichier d’essai',
  'files over {limit} bytes are not covered: ClamAV overlooked a test file below {bytes} bytes; raise MaxFileSize, MaxScanSize and StreamMaxLength in clamd.conf':
    'les fichiers de plus de {limit} octets ne sont pas couverts : ClamAV n’a pas vu un fichier d’essai de moins de {bytes} octets ; augmentez MaxFileSize, MaxScanSize et StreamMaxLength dans clamd.conf',
  "{path} cannot be read, so clamd's limits are not known from it":
    '{path} ne peut pas être lu, les limites de clamd n’en sont donc pas connues',
  'clamd does not tell when it leaves a part of a file out, so PDF files are held: write "AlertExceedsMax yes" into clamd.conf and restart it':
    'clamd ne dit pas quand il omet une partie d’un fichier, les PDF sont donc retenus : écrivez « AlertExceedsMax yes » dans clamd.conf et redémarrez-le',
} as const;
