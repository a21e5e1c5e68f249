import type { Component } from '../components';
import { makeArchives, makeDocuments, makeFonts, makeMedia, makePrograms, makeTexts } from './make';

/** What a person must be told of a file that carries the name of a document: that it is a program, a script, or holds files. */
type Kind = 'harmless' | 'program' | 'script' | 'container';

export interface Format {
  readonly name: string;
  readonly mime: string;
  readonly description: string;
  readonly kind: Kind;
}

/** Files that the same programs make, with what each is. */
export interface FormatGroup {
  readonly title: string;
  readonly needs: readonly Component[];
  readonly make: (folder: string) => void;
  readonly formats: readonly Format[];
}

/** `name | MIME type | description`, one a line. */
function listed(kind: Kind, lines: string): Format[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', mime = '', description = ''] = line.split('|').map((part) => part.trim());
      return { name, mime, description, kind };
    });
}

export const FORMAT_GROUPS: readonly FormatGroup[] = [
  {
    title: 'pictures, sounds and films of ffmpeg',
    needs: ['ffmpeg'],
    make: makeMedia,
    formats: [
      ...listed(
        'harmless',
        `
        film.3gp | video/3gpp | 3GPP film
        film.avi | video/vnd.avi | AVI film
        film.flv | video/x-flv | Flash film
        film.mkv | video/matroska | Matroska film
        film.mov | video/quicktime | QuickTime film
        film.mp4 | video/mp4 | MPEG-4 film
        film.mpg | video/mpeg | MPEG film
        film.ogv | video/ogg | Ogg film
        film.swf | application/x-shockwave-flash | Flash animation
        film.ts | video/mp2t | MPEG transport stream
        film.webm | video/webm | WebM film
        film.wmv | video/x-ms-asf | Windows Media film
        picture.apng | image/png | PNG image
        picture.avif | image/avif | AVIF image
        picture.bmp | image/bmp | Windows bitmap
        picture.dpx | image/x-dpx | DPX image
        picture.exr | image/x-exr | OpenEXR image
        picture.fits | image/fits | FITS image
        picture.gif | image/gif | GIF image
        picture.ico | image/x-icon | Windows icon
        picture.jp2 | image/jp2 | JPEG 2000 image
        picture.jpg | image/jpeg | JPEG image
        picture.jxl | image/jxl | JPEG XL image
        picture.pam | image/x-portable-arbitrarymap | PAM image
        picture.pbm | image/x-portable-bitmap | PBM image
        picture.pcx | image/vnd.zbrush.pcx | PCX image
        picture.pgm | image/x-portable-greymap | PGM image
        picture.png | image/png | PNG image
        picture.ppm | image/x-portable-pixmap | PPM image
        picture.qoi | image/x-qoi | QOI image
        picture.ras | image/x-sun-raster | Sun raster image
        picture.sgi | image/x-sgi | SGI image
        picture.tiff | image/tiff | TIFF image
        picture.webp | image/webp | WebP image
        picture.xbm | text/plain | plain text
        sound.aac | audio/aac | AAC audio
        sound.ac3 | audio/vnd.dolby.dd-raw | Dolby AC-3 audio
        sound.aiff | audio/aiff | AIFF audio
        sound.au | audio/basic | Sun audio
        sound.caf | audio/x-caf | Core Audio file
        sound.flac | audio/flac | FLAC audio
        sound.m4a | audio/x-m4a | MPEG-4 audio
        sound.mp3 | audio/mpeg | MP3 audio
        sound.ogg | audio/ogg | Ogg audio
        sound.opus | audio/ogg | Ogg audio
        sound.spx | audio/ogg | Ogg audio
        sound.tta | audio/x-tta | True Audio
        sound.wav | audio/wav | WAV audio
        sound.wma | audio/x-ms-asf | Windows Media audio
        sound.wv | audio/wavpack | WavPack audio
        `,
      ),
    ],
  },
  {
    title: 'documents of LibreOffice',
    needs: ['soffice'],
    make: makeDocuments,
    formats: [
      ...listed(
        'harmless',
        `
        drawing.emf | image/emf | Windows enhanced metafile
        drawing.fodg | text/xml | XML document
        drawing.odg | application/vnd.oasis.opendocument.graphics | OpenDocument drawing
        drawing.wmf | image/wmf | Windows metafile
        letter.doc | application/msword | Word 97-2003 document
        letter.docx | application/vnd.openxmlformats-officedocument.wordprocessingml.document | Word document
        letter.epub | application/epub+zip | EPUB book
        letter.fodt | text/xml | XML document
        letter.odt | application/vnd.oasis.opendocument.text | OpenDocument text
        letter.pdf | application/pdf | PDF document
        slides.fodp | text/xml | XML document
        slides.odp | application/vnd.oasis.opendocument.presentation | OpenDocument presentation
        slides.ppt | application/vnd.ms-powerpoint | PowerPoint 97-2003 presentation
        slides.pptx | application/vnd.openxmlformats-officedocument.presentationml.presentation | PowerPoint presentation
        table.ods | application/vnd.oasis.opendocument.spreadsheet | OpenDocument spreadsheet
        table.xls | application/vnd.ms-excel | Excel 97-2003 workbook
        table.xlsx | application/vnd.openxmlformats-officedocument.spreadsheetml.sheet | Excel workbook
        table.csv | text/csv | comma-separated values
        `,
      ),
    ],
  },
  {
    title: 'texts',
    needs: ['python3'],
    make: makeTexts,
    formats: [
      ...listed(
        'harmless',
        `
        Program.java | text/plain | plain text
        anna.vcf | text/vcard | business card (vCard)
        change.diff | text/x-diff | diff
        cp1252.txt | text/plain | plain text
        data.json | application/json | JSON data
        drawing.svg | image/svg+xml | SVG image
        feed.xml | text/xml | XML document
        film.srt | text/plain | plain text
        film.vtt | text/vtt | WebVTT subtitles
        inbox.mbox | application/mbox | mailbox of mail messages
        letter.txt | text/plain | plain text
        lines.jsonl | application/json | JSON data
        list.m3u | text/plain | plain text
        meeting.ics | text/calendar | calendar
        message.eml | message/rfc822 | mail message
        notes.rtf | application/rtf | RTF document
        page.html | text/html | HTML document
        page.ps | application/postscript | PostScript document
        page.xhtml | text/html | HTML document
        paper.tex | text/x-tex | TeX document
        program.c | text/x-c | C or C++ source
        program.js | text/javascript | JavaScript
        query.sql | text/plain | plain text
        readme.md | text/plain | plain text
        server.log | text/plain | plain text
        settings.ini | text/plain | plain text
        settings.toml | text/plain | plain text
        settings.yaml | text/plain | plain text
        style.css | text/plain | plain text
        table.csv | text/csv | comma-separated values
        table.tsv | text/tab-separated-values | tab-separated values
        utf16.txt | text/plain | plain text
        words.po | text/plain | plain text
        `,
      ),
      ...listed(
        'script',
        `
        keys.reg | text/x-ms-regedit | registry file
        program.awk | text/x-awk | AWK script
        program.bat | text/x-msdos-batch | DOS batch file
        program.hta | application/hta | HTML application
        program.lua | text/x-lua | Lua script
        program.php | text/x-php | PHP script
        program.pl | text/x-perl | Perl script
        program.ps1 | text/x-powershell | PowerShell script
        program.py | text/x-script.python | Python script
        program.rb | text/x-ruby | Ruby script
        program.sh | text/x-shellscript | shell script
        program.vbs | text/vbscript | VBScript
        program.wsf | text/x-wsf | Windows script file
        tool.desktop | application/x-desktop | desktop entry
        web.url | application/x-mswinurl | internet shortcut
        `,
      ),
    ],
  },
  {
    title: 'archives, disk images and databases',
    needs: [
      'python3',
      '7zz',
      'zstd',
      'lz4',
      'gcab',
      'ar',
      'bsdtar',
      'arj',
      'jlha',
      'genisoimage',
      'mksquashfs',
      'mcopy',
    ],
    make: makeArchives,
    formats: [
      ...listed(
        'harmless',
        `
        dictionary.plist | text/xml | XML document
        module.pyc | application/x-bytecode.python | compiled Python
        people.sqlite | application/x-sqlite3 | SQLite database
        state.plist | application/x-bplist | binary property list
        `,
      ),
      ...listed(
        'container',
        `
        book.cbz | application/zip | zip archive
        data.7z | application/x-7z-compressed | 7-Zip archive
        data.a | application/x-unix-archive | ar archive
        data.arj | application/x-arj | ARJ archive
        data.bz2 | application/x-bzip2 | bzip2 compressed data
        data.cab | application/vnd.ms-cab-compressed | Windows cabinet
        data.gz | application/gzip | gzip compressed data
        data.lz4 | application/x-lz4 | LZ4 compressed data
        data.lzh | application/x-lzh-compressed | LZH archive
        data.lzma | application/x-lzma | LZMA compressed data
        data.tar.Z | application/x-compress | compress data (.Z)
        data.tar.lz | application/lzip | lzip compressed data
        data.wim | application/x-ms-wim | Windows imaging file
        data.xar | application/x-xar | xar archive
        data.xz | application/x-xz | XZ compressed data
        data.zst | application/zstd | Zstandard compressed data
        disk.iso | application/x-iso9660-image | ISO 9660 disc image
        floppy.img | application/x-raw-disk-image | disk image
        disk.squashfs | application/x-squashfs | squashfs file system
        gnu.tar | application/x-tar | tar archive
        new.cpio | application/x-cpio | cpio archive
        old.cpio | application/x-cpio | cpio archive
        pax.tar | application/x-tar | tar archive
        plain.zip | application/zip | zip archive
        program.xpi | application/zip | zip archive
        stored.zip | application/zip | zip archive
        ustar.tar | application/x-tar | tar archive
        `,
      ),
      ...listed(
        'program',
        `
        package.deb | application/x-deb | Debian package
        program.apk | application/vnd.android.package-archive | Android package
        program.jar | application/java-archive | Java archive
        `,
      ),
    ],
  },
  {
    title: 'fonts',
    needs: ['sfnt2woff', 'woff2_compress'],
    make: makeFonts,
    formats: [
      ...listed(
        'harmless',
        `
        font.ttf | font/ttf | TrueType font
        font.woff | font/woff | web font (WOFF)
        font.woff2 | font/woff2 | web font (WOFF2)
        `,
      ),
    ],
  },
  {
    title: 'programs of every system',
    needs: [],
    make: makePrograms,
    formats: [
      ...listed(
        'harmless',
        `
        module.wasm | application/wasm | WebAssembly module
        `,
      ),
      ...listed(
        'program',
        `
        addon.dylib | application/x-mach-binary | Mach-O executable
        addon.node | application/x-sharedlib | ELF shared object or position-independent executable
        library.dll | application/x-dosexec | executable for DOS or Windows (MZ, PE)
        node | application/x-executable | ELF executable
        program.exe | application/x-dosexec | executable for DOS or Windows (MZ, PE)
        `,
      ),
    ],
  },
];
