// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what is told names variables as they are written
/** What the probe `command` says of itself, of its definitions and of a file. */
export const COMMAND = {
  'commands need process groups, which Windows does not have':
    'les commandes demandent des groupes de processus, que Windows n’a pas',
  'definitions: {names}': 'définitions : {names}',
  '{key} has no verdict, so nothing proves its files clean':
    '{key} n’a pas de verdict, rien ne prouve donc ses fichiers sains',
  '{key} needs {program}, which is not installed': '{key} demande {program}, qui n’est pas installé',
  'memory and processor time of commands are not bounded: prlimit is not installed':
    'la mémoire et le temps de calcul des commandes ne sont pas limités : prlimit n’est pas installé',
  'command 1, definitions {version}': 'command 1, définitions {version}',

  'commands look at files up to {limit} bytes and this one has {bytes}':
    'les commandes examinent des fichiers d’au plus {limit} octets, et celui-ci en fait {bytes}',
  'nothing is defined for {mime}': 'rien n’est défini pour {mime}',
  'the commands of {key} changed the file that they were to look at':
    'les commandes de {key} ont modifié le fichier qu’elles devaient examiner',
  '{key} is for a daemon (remote: true), which this probe has none of; remove that':
    '{key} est pour un démon (remote: true), que cette sonde n’a pas ; retirez cela',
  '{key} does not say what its end means; add verdict below it in {path}':
    '{key} ne dit pas ce que sa fin signifie ; ajoutez verdict en dessous dans {path}',
  'its report is no JSON': 'son rapport n’est pas du JSON',
  'its report ended with {what}, which its verdict in api.yml does not name; add it there':
    'son rapport s’est terminé par {what}, que son verdict dans api.yml ne nomme pas ; ajoutez-le là',
  'a JSON document without a verdict (clean, or found with findings)':
    'un document JSON sans verdict (clean, ou found avec findings)',

  '{step} {number} of {key} failed in attempt {attempt}: {why}':
    '{step} {number} de {key} a échoué à l’essai {attempt} : {why}',
  'the program {name} is not installed': 'le programme {name} n’est pas installé',
  'it did not end within {seconds} s': 'il ne s’est pas terminé en {seconds} s',
  'it wrote more than {bytes} bytes of output': 'il a écrit plus de {bytes} octets en sortie',
  'it wrote a file that is larger than it may be': 'il a écrit un fichier plus grand que permis',
  'it used more memory or processor time than it may (signal {name})':
    'il a utilisé plus de mémoire ou de temps de calcul que permis (signal {name})',
  'it left processes that may not be ended': 'il a laissé des processus qu’il n’est pas permis d’arrêter',
  'nothing sets ${{name}}': 'rien ne définit ${{name}}',
  'the name of its program begins with a dash': 'le nom de son programme commence par un tiret',

  '{place} does not exist; write it, or set probes.command.apis':
    '{place} n’existe pas ; écrivez-le, ou réglez probes.command.apis',
  '{why} (and {count} more in this file)': '{why} (et {count} autres dans ce fichier)',
  'is too large; write at most 4 MiB': 'est trop grand ; écrivez au plus 4 Mio',
  'holds no keys; write an API such as application/pdf':
    'ne contient aucune clé ; écrivez une API telle que application/pdf',
  'defines nothing; write an API such as application/pdf':
    'ne définit rien ; écrivez une API telle que application/pdf',
  'is no YAML ({words}); correct that line': 'n’est pas du YAML ({words}) ; corrigez cette ligne',
  'is no type; write <media>/<subtype> such as application/{name}, or one of {names}':
    'n’est pas un type ; écrivez <média>/<sous-type> comme application/{name}, ou une valeur parmi {names}',
  'does not fit; {advice}': 'ne convient pas ; {advice}',
  'is missing; {advice}': 'manque ; {advice}',
  'write {advice}': 'écrivez {advice}',
  'names with values below it': 'des noms avec des valeurs en dessous',
  'write a command: a text for the shell, or a list such as [program, argument]':
    'écrivez une commande : un texte pour le shell, ou une liste telle que [programme, argument]',
  'write a command or a list of them; one that is itself a list stands in a list: [[program, argument]]':
    'écrivez une commande ou une liste de commandes ; une qui est elle-même une liste va dans une liste : [[programme, argument]]',
  'write a text or a number': 'écrivez un texte ou un nombre',
  'write eicar, or the keys name and base64': 'écrivez eicar, ou les clés name et base64',
  'write at least one': 'écrivez-en au moins un',
  'write clean, or keys below it: name, severity (malicious, suspicious or info), category, guidance':
    'écrivez « clean », ou des clés en dessous : name, severity (malicious, suspicious ou info), category, guidance',
  'write an exit code from 0 to 124': 'écrivez un code de sortie de 0 à 124',
  'write document, or the keys key and values': 'écrivez document, ou les clés key et values',
  'write clean for 0 only, since a program that crashes ends with another code; a script can turn it round':
    'écrivez « clean » pour 0 seulement, car un programme qui plante se termine par un autre code ; un script peut l’inverser',
  'write either exit or json below it': 'écrivez soit exit soit json en dessous',
  '"{name}" is no pattern, since a range in [] runs backwards; write it as [a-z]':
    '« {name} » n’est pas un motif, car un intervalle entre [] va à l’envers ; écrivez-le comme [a-z]',
  'refers to ${{name}}, which nothing sets; set it in environ, or in environment above all APIs':
    'renvoie à ${{name}}, que rien ne définit ; définissez-le dans environ, ou dans environment au-dessus de toutes les API',
  'is no name of a variable; write letters, digits and underscores':
    'n’est pas un nom de variable ; écrivez des lettres, chiffres et tirets bas',
  'loads code into every program; remove it': 'charge du code dans chaque programme ; retirez-la',
  'is set by Dropgate; remove it': 'est définie par Dropgate ; retirez-la',
  'holds a NUL; remove it': 'contient un NUL ; retirez-le',
  'is too long; write at most 32 KiB': 'est trop long ; écrivez au plus 32 Kio',
  'names "{name}", which has no settings; write probes.{id}, or leave it out here':
    'nomme « {name} », qui n’a pas de réglages ; écrivez probes.{id}, ou retirez-la d’ici',

  'uuid: {why}': 'uuid : {why}',
  'mime: {why}': 'mime : {why}',
  'workdir: {why}': 'workdir : {why}',
  'is no UUID': 'n’est pas un UUID',
  'is no MIME type: "{name}"': 'n’est pas un type MIME : « {name} »',
  'is no absolute path: "{path}"': 'n’est pas un chemin absolu : « {path} »',
  'is no folder: "{path}"': 'n’est pas un dossier : « {path} »',
  'cannot be opened ({errno}): "{path}"': 'ne peut pas être ouvert ({errno}) : « {path} »',
} as const;
