/** What the bundled rules about documents, pages, shortcuts, archives and pictures say: descriptions in resources/rules. */
export const DOCUMENT_RULES = {
  'An archive with a program that is named like a document': 'Une archive avec un programme nommé comme un document',
  'An archive of few files with a script that is named like a document':
    'Une archive de quelques fichiers avec un script nommé comme un document',
  'An archive that hides a program or a script behind a password':
    'Une archive qui cache un programme ou un script derrière un mot de passe',
  'An archive with a program whose name is shown backwards':
    'Une archive avec un programme dont le nom s’affiche à l’envers',
  'An archive made to break into the program that opens it': 'Une archive faite pour attaquer le programme qui l’ouvre',
  'A disk image with a Windows shortcut, a way around the mark of files from the internet':
    'Une image disque avec un raccourci Windows, qui contourne le marquage des fichiers venus d’internet',
  'A small disk image with a script that a double click starts':
    'Une petite image disque avec un script qu’un double clic exécute',
  'A disk image with a program that is named like a document':
    'Une image disque avec un programme nommé comme un document',
  'A script that carries a Windows program as text, unpacks it and runs it':
    'Un script qui porte un programme Windows sous forme de texte, l’extrait et l’exécute',
  'A program that is written down as if it were a certificate': 'Un programme écrit comme s’il était un certificat',
  'A picture with PHP inside that a web server would run':
    'Une image qui contient du PHP qu’un serveur web exécuterait',
  'A picture with a program or an archive behind its end': 'Une image suivie d’un programme ou d’une archive',
  'A web page that carries an archive or a program and saves it by itself':
    'Une page web qui porte une archive ou un programme et l’enregistre d’elle-même',
  'A web page that decodes a long hidden text into a file and saves it by itself':
    'Une page web qui décode un long texte caché en un fichier et l’enregistre d’elle-même',
  'A web page that asks for a password and sends it to a chat account':
    'Une page web qui demande un mot de passe et l’envoie à un compte de messagerie instantanée',
  'A saved page that shows the mark of a well-known service and sends the password elsewhere':
    'Une page enregistrée qui montre le logo d’un service connu et envoie le mot de passe ailleurs',
  'A web page that hides its whole content from scanners and writes it when it is opened':
    'Une page web qui cache tout son contenu aux analyses et l’écrit à l’ouverture',
  'A web page that puts a command into the clipboard and has you run it':
    'Une page web qui place une commande dans le presse-papiers et vous la fait exécuter',
  'A picture with a script that leads away or unpacks hidden content':
    'Une image avec un script qui mène ailleurs ou extrait un contenu caché',
  'A page or link that opens a foreign file server as if it were a folder of yours':
    'Une page ou un lien qui ouvre un serveur de fichiers étranger comme un de vos dossiers',
  'An equation made to break into the Equation Editor': 'Une équation faite pour attaquer l’éditeur d’équations',
  'A text document that starts the Equation Editor as soon as it is opened':
    'Un document texte qui lance l’éditeur d’équations dès son ouverture',
  'A text document that loads an embedded object as soon as it is opened':
    'Un document texte qui charge un objet incorporé dès son ouverture',
  'A text document with an embedded object and a header that is wrong on purpose':
    'Un document texte avec un objet incorporé et un en-tête faux à dessein',
  'A document with a hidden link that loads and runs a file from the network':
    'Un document avec un lien caché qui charge un fichier du réseau et l’exécute',
  'A document with an embedded file that is a program or a script':
    'Un document avec un fichier incorporé qui est un programme ou un script',
  'A text document with an embedded file that is a program or a script':
    'Un document texte avec un fichier incorporé qui est un programme ou un script',
  'A page that has the Windows diagnostic tool run hidden commands':
    'Une page qui fait exécuter des commandes cachées par l’outil de diagnostic de Windows',
  'A document that loads its template from the network when it is opened':
    'Un document qui charge son modèle depuis le réseau à l’ouverture',
  'A document that loads an object from the network in the way of known attacks':
    'Un document qui charge un objet depuis le réseau, à la manière d’attaques connues',
  'A document that loads an embedded object or a part of itself from the network':
    'Un document qui charge depuis le réseau un objet incorporé ou une partie de lui-même',
  'A document with a field that starts a system program': 'Un document avec un champ qui lance un programme du système',
  'A table with a cell that starts a system program': 'Un tableau avec une cellule qui lance un programme du système',
  'A spreadsheet in text form with a formula that starts a program':
    'Une feuille de calcul en format texte avec une formule qui lance un programme',
  'A query file that has Excel fetch formulas from the network':
    'Un fichier de requête qui fait chercher à Excel des formules sur le réseau',
  'A macro that runs by itself, fetches a file from the network and starts it':
    'Une macro qui s’exécute d’elle-même, télécharge un fichier et le lance',
  'A macro that runs by itself and has a system program run hidden or remote code':
    'Une macro qui s’exécute d’elle-même et fait exécuter du code caché ou distant par un programme du système',
  'A macro that runs by itself and starts another program':
    'Une macro qui s’exécute d’elle-même et lance un autre programme',
  'A macro that builds words from numbers or pieces, so that nobody can read them, and calls what they name':
    'Une macro qui compose des mots illisibles à partir de nombres ou de morceaux, et appelle ce qu’ils nomment',
  'A macro that copies machine code into memory and starts it':
    'Une macro qui copie du code machine en mémoire et le lance',
  'A macro that switches protection off and copies itself into other documents':
    'Une macro qui désactive la protection et se copie dans d’autres documents',
  'An Office file with a macro that runs by itself and names what attackers use':
    'Un fichier Office avec une macro qui s’exécute d’elle-même et nomme ce dont se servent les attaquants',
  'A workbook with a hidden sheet of old macros that run by themselves':
    'Un classeur avec une feuille cachée d’anciennes macros qui s’exécutent d’elles-mêmes',
  'A sheet of old Excel macros that fetches or starts programs':
    'Une feuille d’anciennes macros Excel qui télécharge ou lance des programmes',
  'A web page archive that hides an Office macro project':
    'Une archive de page web qui cache un projet de macros Office',
  'A OneNote page with an embedded program or shortcut': 'Une page OneNote avec un programme ou un raccourci incorporé',
  'A OneNote page with an embedded script that a double click starts':
    'Une page OneNote avec un script incorporé qu’un double clic exécute',
  'A PDF that starts a system program or a script': 'Un PDF qui lance un programme du système ou un script',
  'A PDF with JavaScript': 'Un PDF avec du JavaScript',
  'A PDF that runs JavaScript by itself which unpacks hidden code':
    'Un PDF qui exécute de lui-même du JavaScript, lequel extrait du code caché',
  'A PDF that saves a file it carries and opens it by itself':
    'Un PDF qui enregistre un fichier qu’il porte et l’ouvre de lui-même',
  'A PDF with an attached program, script or disk image':
    'Un PDF avec un programme, un script ou une image disque en pièce jointe',
  'A PDF that writes the names of active content so that scanners do not see them':
    'Un PDF qui écrit les noms de contenus actifs de façon à les cacher aux analyses',
  'A PDF that connects to a foreign file server by itself and tells it how you log on':
    'Un PDF qui se connecte de lui-même à un serveur de fichiers étranger et lui livre vos identifiants',
  'A Windows shortcut that starts a script interpreter and fetches something from the network':
    'Un raccourci Windows qui lance un interpréteur de scripts et télécharge quelque chose',
  'A Windows shortcut that runs hidden code': 'Un raccourci Windows qui exécute du code caché',
  'A Windows shortcut that pushes its true command out of sight with blanks':
    'Un raccourci Windows qui repousse sa vraie commande hors de vue par des espaces',
  'A Windows shortcut that carries another file behind it': 'Un raccourci Windows suivi d’un autre fichier',
  'A Windows shortcut with the picture of a document that starts a script interpreter':
    'Un raccourci Windows à l’icône d’un document qui lance un interpréteur de scripts',
  'An internet shortcut that starts a program or a script of a foreign file server':
    'Un raccourci internet qui lance un programme ou un script d’un serveur de fichiers étranger',
  'A settings shortcut that starts a script interpreter':
    'Un raccourci de paramètres qui lance un interpréteur de scripts',
  'A management console file that runs a script or a hidden command':
    'Un fichier de console d’administration qui exécute un script ou une commande cachée',
  'A help page that starts a program': 'Une page d’aide qui lance un programme',
  'A scriptlet or style sheet with a script that starts a program':
    'Un scriptlet ou une feuille de style avec un script qui lance un programme',
  'A setup information file that loads a script from the network or starts hidden commands':
    'Un fichier d’installation (INF) qui charge un script depuis le réseau ou lance des commandes cachées',
  'A build project that copies machine code into memory and starts it':
    'Un projet de compilation qui copie du code machine en mémoire et le lance',
  'A small system file that connects to a foreign file server as soon as its folder is shown':
    'Un petit fichier système qui se connecte à un serveur de fichiers étranger dès que son dossier est affiché',
  'A library or search file that shows a foreign server as if it were a folder of yours':
    'Un fichier de bibliothèque ou de recherche qui montre un serveur étranger comme un de vos dossiers',
  'An autorun file that starts a program from a hidden place or a script':
    'Un fichier autorun qui lance un script, ou un programme depuis un endroit caché',
  'A text document that loads its template from the network when it is opened':
    'Un document texte qui charge son modèle depuis le réseau à l’ouverture',
} as const;
