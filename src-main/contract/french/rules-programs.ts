/** What the bundled rules about programs, scripts and web servers say: descriptions in resources/rules. */
export const PROGRAM_RULES = {
  'A batch file that fetches a program from the network and starts it':
    'Un fichier de commandes qui télécharge un programme et le lance',
  'A program that mines digital currency with the computer it runs on':
    'Un programme qui mine de la cryptomonnaie avec l’ordinateur où il tourne',
  'Settings of a program that mines digital currency for somebody':
    'Les réglages d’un programme qui mine de la cryptomonnaie pour quelqu’un',
  'A script that fetches a miner of digital currency, hides it and starts it':
    'Un script qui télécharge un mineur de cryptomonnaie, le cache et le lance',
  'A web page that mines digital currency in your browser':
    'Une page web qui mine de la cryptomonnaie dans votre navigateur',
  'A program that takes passwords out of the memory of Windows':
    'Un programme qui tire des mots de passe de la mémoire de Windows',
  'A script that copies the memory or the registry in which Windows keeps passwords':
    'Un script qui copie la mémoire ou le registre où Windows garde des mots de passe',
  'A program or script that takes the passwords out of your browsers and sends them away':
    'Un programme ou un script qui prend les mots de passe de vos navigateurs et les envoie ailleurs',
  'A program or script that looks for the wallets of many digital currencies':
    'Un programme ou un script qui cherche les portefeuilles de nombreuses cryptomonnaies',
  'A script that records what is typed and sends or keeps it':
    'Un script qui enregistre les frappes au clavier et les envoie ou les garde',
  'The EICAR test file, made to check that scanners work':
    'Le fichier d’essai EICAR, fait pour vérifier que les analyses fonctionnent',
  'An HTML application that starts programs which fetch others':
    'Une application HTML qui lance des programmes qui en téléchargent d’autres',
  'A timetable entry that fetches code from the network again and again and runs it':
    'Une tâche planifiée qui télécharge du code à intervalles réguliers et l’exécute',
  'A Linux service that fetches code from the network or starts it from a hidden place':
    'Un service Linux qui télécharge du code ou le lance depuis un endroit caché',
  'A start entry for Macs that runs hidden or fetched code at every logon':
    'Un élément de démarrage pour Mac qui exécute du code caché ou téléchargé à chaque ouverture de session',
  'A shell script that leaves a way back into the computer':
    'Un script shell qui laisse une porte dérobée dans l’ordinateur',
  'A script that has Windows start hidden or remote code at every logon':
    'Un script qui fait lancer par Windows du code caché ou distant à chaque ouverture de session',
  'A script or task file that has Windows start hidden or remote code again and again':
    'Un script ou un fichier de tâche qui fait lancer par Windows du code caché ou distant à intervalles réguliers',
  'A Windows script that copies itself to where Windows starts programs at every logon':
    'Un script Windows qui se copie là où Windows lance des programmes à chaque ouverture de session',
  'A script that has Windows run code at events of the system, where nobody looks for it':
    'Un script qui fait exécuter par Windows du code lors d’événements du système, où personne ne le cherche',
  'A script that opens a way around the logon screen of Windows':
    'Un script qui permet de contourner l’écran de connexion de Windows',
  'Starts PowerShell with a long hidden command in Base64':
    'Lance PowerShell avec une longue commande cachée en Base64',
  'Starts PowerShell without a window to fetch code from the network and run it':
    'Lance PowerShell sans fenêtre pour télécharger du code et l’exécuter',
  'PowerShell that fetches a program from an address without protection and starts it':
    'Du PowerShell qui télécharge un programme depuis une adresse sans protection et le lance',
  'PowerShell that spells the command for running hidden code with letters of other texts':
    'Du PowerShell qui compose, avec des lettres d’autres textes, la commande qui exécute du code caché',
  'PowerShell that unpacks a compressed text and runs it': 'Du PowerShell qui décompresse un texte et l’exécute',
  'PowerShell that loads a program out of a text into its own memory and starts it':
    'Du PowerShell qui charge en mémoire un programme tiré d’un texte et le lance',
  'PowerShell that copies machine code into memory and starts it':
    'Du PowerShell qui copie du code machine en mémoire et le lance',
  'PowerShell that switches off the scanner of scripts in its own process':
    'Du PowerShell qui désactive l’analyse des scripts dans son propre processus',
  'PowerShell that takes passwords out of the memory or the registry of Windows':
    'Du PowerShell qui tire des mots de passe de la mémoire ou du registre de Windows',
  'A Linux program packed with UPX whose mark was removed so that it cannot be unpacked':
    'Un programme Linux compressé par UPX, dont la marque a été retirée pour empêcher l’extraction',
  'A Linux program packed with UPX': 'Un programme Linux compressé par UPX',
  'A tiny Linux program made by hand around machine code':
    'Un tout petit programme Linux fait à la main autour de code machine',
  'Machine code that attack tools make to open a shell on Linux':
    'Du code machine que produisent des outils d’attaque pour ouvrir un shell sur Linux',
  'A program of the worms that take over routers and cameras':
    'Un programme des vers qui s’emparent de routeurs et de caméras',
  'A library that hides files and connections of an intruder on Linux':
    'Une bibliothèque qui cache les fichiers et les connexions d’un intrus sur Linux',
  'A Mac program whose code may be changed while it runs, as packed programs are':
    'Un programme Mac dont le code peut changer pendant l’exécution, comme celui des programmes compressés',
  'A Mac program or script that asks for your password in a false window and sends it away':
    'Un programme ou un script Mac qui demande votre mot de passe dans une fausse fenêtre et l’envoie ailleurs',
  'A Windows program packed with UPX': 'Un programme Windows compressé par UPX',
  'A Windows program packed in a way that hides what it does':
    'Un programme Windows compressé de façon à cacher ce qu’il fait',
  'A Windows program packed with UPX whose mark was removed so that it cannot be unpacked':
    'Un programme Windows compressé par UPX, dont la marque a été retirée pour empêcher l’extraction',
  'A Windows program that can put its code into other running programs':
    'Un programme Windows capable de placer son code dans d’autres programmes en cours',
  'A Windows program that reports to a chat account':
    'Un programme Windows qui rend compte à un compte de messagerie instantanée',
  'Machine code that attack tools make to take over Windows programs':
    'Du code machine que produisent des outils d’attaque pour s’emparer de programmes Windows',
  'A tiny Windows program whose code may be changed while it runs, as loaders of machine code are':
    'Un tout petit programme Windows dont le code peut changer pendant l’exécution, comme celui des chargeurs de code machine',
  'A note of blackmailers who encrypted files and want money':
    'Un message de maîtres chanteurs qui ont chiffré des fichiers et veulent de l’argent',
  'A program that destroys the backups of Windows, as blackmailers do':
    'Un programme qui détruit les sauvegardes de Windows, comme le font les rançongiciels',
  'A script that destroys the backups of Windows, as blackmailers do':
    'Un script qui détruit les sauvegardes de Windows, comme le font les rançongiciels',
  'A script that switches off the protection of Windows in several places':
    'Un script qui désactive la protection de Windows à plusieurs endroits',
  'A script that destroys all data of a computer or makes it unusable':
    'Un script qui détruit toutes les données d’un ordinateur ou le rend inutilisable',
  'A script that gives a shell of this computer to another one over the network':
    'Un script qui livre un shell de cet ordinateur à un autre par le réseau',
  'Python that connects its input and output to the network and starts a shell':
    'Du Python qui relie son entrée et sa sortie au réseau et lance un shell',
  'PowerShell that takes orders from a network connection and sends back what they print':
    'Du PowerShell qui reçoit des ordres par le réseau et renvoie ce qu’ils affichent',
  'A short program that gives a shell of this computer to another one over the network':
    'Un court programme qui livre un shell de cet ordinateur à un autre par le réseau',
  'A Windows script that fetches a file from the network, saves it and starts it':
    'Un script Windows qui télécharge un fichier, l’enregistre et le lance',
  'A Windows script that has another program fetch and start a file':
    'Un script Windows qui fait télécharger et lancer un fichier par un autre programme',
  'A Windows script that writes the names of powerful objects so that scanners do not see them':
    'Un script Windows qui écrit les noms d’objets puissants de façon à les cacher aux analyses',
  'Python that unpacks hidden code and runs it': 'Du Python qui extrait du code caché et l’exécute',
  'Python that fetches code from the network and runs it': 'Du Python qui télécharge du code et l’exécute',
  'A shell script that unpacks a hidden command and runs it':
    'Un script shell qui extrait une commande cachée et l’exécute',
  'A shell script that fetches a program from a bare address, starts it and removes its traces':
    'Un script shell qui télécharge un programme depuis une adresse nue, le lance et efface ses traces',
  'A page or script that fills memory with machine code to break into the program that reads it':
    'Une page ou un script qui remplit la mémoire de code machine pour attaquer le programme qui la lit',
  'A Windows script that spells its code in numbers and runs it':
    'Un script Windows qui écrit son code en nombres et l’exécute',
  'A Windows script in encoded form, VBE or JSE, as attackers send them':
    'Un script Windows sous forme encodée, VBE ou JSE, comme en envoient les attaquants',
  'A Node package that runs hidden or fetched code as soon as it is installed':
    'Un paquet Node qui exécute du code caché ou téléchargé dès son installation',
  'A Java server page that starts programs which a web request names':
    'Une page serveur Java qui lance les programmes que nomme une requête web',
  'A Java server page that decrypts a class from a web request and runs it':
    'Une page serveur Java qui déchiffre une classe tirée d’une requête web et l’exécute',
  'An ASP page that runs as code or command what a web request sends':
    'Une page ASP qui exécute comme code ou commande ce qu’envoie une requête web',
  'An ASP.NET page that starts programs which a web request names':
    'Une page ASP.NET qui lance les programmes que nomme une requête web',
  'An ASP.NET page that loads a program out of a web request and runs it':
    'Une page ASP.NET qui charge un programme tiré d’une requête web et l’exécute',
  'PHP that runs as code or command what a web request sends':
    'Du PHP qui exécute comme code ou commande ce qu’envoie une requête web',
  'PHP that runs as code or command the body of a web request':
    'Du PHP qui exécute comme code ou commande le corps d’une requête web',
  'PHP that unpacks hidden code and runs it': 'Du PHP qui extrait du code caché et l’exécute',
  'PHP that puts the name of a function together and has it run what a web request sends':
    'Du PHP qui compose le nom d’une fonction et lui fait exécuter ce qu’envoie une requête web',
  'PHP that takes a command from a web request and runs it':
    'Du PHP qui prend une commande dans une requête web et l’exécute',
  'PHP that writes what a web request sends to a file that the request names':
    'Du PHP qui écrit ce qu’envoie une requête web dans un fichier que la requête nomme',
  'A console in PHP with which a stranger controls a web server':
    'Une console en PHP avec laquelle un inconnu commande un serveur web',
  'Settings that have a web server run pictures or hidden files as programs':
    'Des réglages qui font exécuter par un serveur web des images ou des fichiers cachés comme des programmes',
  'A small batch file that has PowerShell fetch a program and starts it':
    'Un petit fichier batch qui fait télécharger un programme par PowerShell et le lance',
  'PowerShell that fetches a program from the network and starts it in its own memory':
    'Du PowerShell qui télécharge un programme et le lance dans sa propre mémoire',
  'PowerShell that fetches a program, starts it and has Windows start it at every logon':
    'Du PowerShell qui télécharge un programme, le lance et le fait lancer par Windows à chaque ouverture de session',
  'PowerShell that writes what it fetches and how so that scanners do not see it':
    'Du PowerShell qui écrit ce qu’il télécharge, et comment, de façon que les analyseurs ne le voient pas',
  'A short program that runs what another computer sends and answers with its output':
    'Un court programme qui exécute ce qu’un autre ordinateur envoie et renvoie ce qui en sort',
  'Perl that connects its input and output to the network and starts a shell':
    'Du Perl qui relie son entrée et sa sortie au réseau et lance un interpréteur de commandes',
  'A Windows script that fetches code from the network and runs it':
    'Un script Windows qui télécharge du code et l’exécute',
  'A Java server page that looks up by hidden names how to run what a web request sends':
    'Une page JSP qui cherche sous des noms cachés comment exécuter ce qu’envoie une requête web',
  'PHP that has another function run as code or command what a web request sends':
    'Du PHP qui fait exécuter par une autre fonction, comme code ou commande, ce qu’envoie une requête web',
  'PHP that takes an object from a web request and runs what it names':
    'Du PHP qui prend un objet dans une requête web et exécute ce qu’il nomme',
} as const;
