/** Why a file got its verdict, and what stands between it and its place: src-main/pipeline. */
export const VERDICTS = {
  '{probe} found {finding}, so this file is on a deny list.':
    '{probe} a trouvé « {finding} » : ce fichier est sur une liste d’interdiction.',
  '{probe} found {finding}, which is {kind}.': '{probe} a trouvé « {finding} », qui est {kind}.',
  '{probe} found {finding}, which is suspicious.': '{probe} a trouvé « {finding} », qui est suspect.',
  '{name} (and {count} more)': '{name} (et {count} de plus)',
  'known malware': 'un logiciel malveillant connu',
  malicious: 'malveillant',
  'The member {name} is {kind}: {why}.': 'Le fichier contenu {name} est {kind} : {why}.',
  infected: 'infecté',
  suspicious: 'suspect',
  'not proven clean': 'sans preuve d’être sain',
  'This file could not be looked at, because {why}.': 'Ce fichier n’a pas pu être examiné : {why}.',
  '{probe} could not be reached ({why}), so nothing proves this file clean.':
    'La sonde {probe} est hors d’atteinte ({why}) : rien ne prouve que ce fichier est sain.',
  '{probe} failed on this file ({why}), so nothing proves it clean.':
    'La sonde {probe} a échoué sur ce fichier ({why}) : rien ne prouve qu’il est sain.',
  'The engine ended {count} times while it worked on this file alone, so nothing proves it clean.':
    'Le moteur s’est arrêté {count} fois alors qu’il ne traitait que ce fichier : rien ne prouve qu’il est sain.',
  '{probe} did not answer in time, so nothing proves this file clean.':
    'La sonde {probe} n’a pas répondu à temps : rien ne prouve que ce fichier est sain.',
  '{probe} gave a report that contradicts itself, so nothing proves this file clean.':
    'La sonde {probe} a rendu un rapport qui se contredit : rien ne prouve que ce fichier est sain.',
  '{probe} was cancelled before it looked at this file.':
    'La sonde {probe} a été annulée avant d’avoir examiné ce fichier.',
  '{probe} did not look at the whole file, because {why}.': 'La sonde {probe} n’a pas examiné tout le fichier : {why}.',
  'No required probe looked at this file, so nothing proves it clean.':
    'Aucune sonde requise n’a examiné ce fichier : rien ne prouve qu’il est sain.',
  'No required probe looks at files of this type, so nothing proves it clean.':
    'Aucune sonde requise n’examine les fichiers de ce type : rien ne prouve qu’il est sain.',
  'The probe {probe} answered twice for this file, so nothing proves it clean.':
    'La sonde {probe} a répondu deux fois pour ce fichier : rien ne prouve qu’il est sain.',
  'The gate is closed because of {probe} ({why}), so nothing proves this file clean.':
    'Le sas est fermé à cause de {probe} ({why}) : rien ne prouve que ce fichier est sain.',
  '{probe}, the only required probe, looked at {what} and found {found}.':
    '{probe}, seule sonde requise, a examiné {what} et n’a {found}.',
  '{probe}, the only required probe for this type of file, looked at {what} and found {found}.':
    '{probe}, seule sonde requise pour ce type de fichier, a examiné {what} et n’a {found}.',
  'All {count} required probes looked at {what} and found {found}.':
    'Les {count} sondes requises ont examiné {what} et n’ont {found}.',
  'All {count} required probes for this type of file looked at {what} and found {found}.':
    'Les {count} sondes requises pour ce type de fichier ont examiné {what} et n’ont {found}.',
  'the whole file': 'tout le fichier',
  'the whole file and its {count} member': 'tout le fichier et le {count} fichier qu’il contient',
  'the whole file and its {count} members': 'tout le fichier et les {count} fichiers qu’il contient',
  nothing: 'rien trouvé',
  'nothing harmful': 'rien trouvé de nuisible',
  'nothing but what an allow list permits': 'rien trouvé qu’une liste d’autorisation ne permette',
  'nothing but what an analyst has excepted ({reason})': 'rien trouvé qu’un analyste n’ait excepté ({reason})',
  '{probe} calls this file encrypted, but a known password opened it, and all required probes found nothing harmful in its {count} member.':
    '{probe} dit ce fichier chiffré, mais un mot de passe connu l’a ouvert, et aucune sonde requise n’a rien trouvé de nuisible dans le {count} fichier qu’il contient.',
  '{probe} calls this file encrypted, but a known password opened it, and all required probes found nothing harmful in its {count} members.':
    '{probe} dit ce fichier chiffré, mais un mot de passe connu l’a ouvert, et aucune sonde requise n’a rien trouvé de nuisible dans les {count} fichiers qu’il contient.',

  'it was cancelled': 'l’analyse a été annulée',
  'it changed while it was scanned': 'le fichier a changé pendant l’analyse',
  'it is not ready': 'elle n’est pas prête',
  'unknown type': 'type inconnu',
  'there is no probe {id}': 'il n’y a pas de sonde {id}',
  '{probe} does not answer': '{probe} ne répond pas',
  '{probe} gave no valid report': '{probe} n’a pas rendu de rapport valable',
  '{probe} overlooked its own test file': '{probe} n’a pas vu son propre fichier d’essai',
  'the test file of {probe} failed: {why}': 'l’essai de {probe} a échoué : {why}',
  '{probe} did not answer within {seconds} s': '{probe} n’a pas répondu en {seconds} s',
  '{probe} had no time for this file within {seconds} s': '{probe} n’a pas eu de temps pour ce fichier en {seconds} s',
  'the engine ended {count} times while it worked on this file alone':
    'le moteur s’est arrêté {count} fois alors qu’il ne traitait que ce fichier',
  'this scan has ended or was given up': 'cette analyse est finie ou a été abandonnée',
  'more than {count} archives inside each other': 'plus de {count} archives l’une dans l’autre',
  'more than {count} members': 'plus de {count} fichiers contenus',
  'a member is larger than {bytes} bytes': 'un fichier contenu dépasse {bytes} octets',
  'more than {bytes} bytes unpacked': 'plus de {bytes} octets extraits',
  'it unpacks to more than {count} times its size': 'son contenu fait plus de {count} fois sa taille',
  'an unpacked member cannot be kept: {why}': 'un fichier extrait ne peut pas être gardé : {why}',

  'the required probes have not been tried yet': 'les sondes requises n’ont pas encore été essayées',
  'its state cannot be found out: {why}': 'son état ne peut pas être connu : {why}',
  'the gate is closed: {why}': 'le sas est fermé : {why}',
  'waiting for destination {id}: {why}': 'en attente de la destination {id} : {why}',
  'the private copies take up {used} MiB of the {most} MiB that staging.maxBytes allows':
    'les copies privées occupent {used} Mio sur les {most} Mio que permet staging.maxBytes',
  '{free} MiB are free on the disk of {place}, and {floor} MiB have to stay free':
    '{free} Mio sont libres sur le disque de {place}, et {floor} Mio doivent le rester',
  'there is no room for it: {needed} MiB are needed and {floor} MiB have to stay free on the disk of {place}, where {free} MiB are free':
    'il n’y a pas de place pour cela : {needed} Mio sont nécessaires et {floor} Mio doivent rester libres sur le disque de {place}, où {free} Mio sont libres',
  'it has {size} bytes, more than staging.maxBytes allows for all private copies':
    'il a {size} octets, plus que ce que staging.maxBytes permet pour toutes les copies privées',
  'there is no room on the disk for what it unpacks to': 'le disque n’a pas de place pour ce qu’il contient',
  'earlier files go first': 'des fichiers plus anciens passent d’abord',
  'its profile requires {probe} by now, which has not looked at it':
    'son profil demande maintenant {probe}, qui ne l’a pas examiné',
  'nobody knows where it was to go: it was recovered from staging':
    'personne ne sait où il devait aller : il a été récupéré parmi les fichiers en attente',
  'it was kept for {days} days, as retention.quarantineDays says':
    'il a été gardé {days} jours, comme le demande retention.quarantineDays',
  'there is no destination {id}': 'il n’y a pas de destination {id}',
  '{name} cannot be {kind}: {why}': '{name} ne peut pas être {kind} : {why}',
  quarantined: 'mis en quarantaine',
  held: 'retenu',
  forwarded: 'transmis',
  'its source could not be removed: {why}': 'l’original n’a pas pu être retiré : {why}',
  'every private name beside it is taken, up to {name}': 'chaque nom privé à côté de lui est pris, jusqu’à {name}',
  'its bytes were never taken, and a newer file of its path was':
    'ses octets n’ont jamais été pris, et un fichier plus récent du même chemin l’a été',
} as const;
