"""make-binaries.py FOLDER: whole files of binary formats that Python itself writes: archives, compressed data, databases."""
import bz2, dbm.dumb, gzip, io, lzma, os, pickle, plistlib, py_compile, sqlite3, sys, tarfile, zipfile

folder = sys.argv[1]
text = b'The quick brown fox jumps over the lazy dog.\n' * 40


def place(name):
    return os.path.join(folder, name)


def make(name, content):
    with open(place(name), 'wb') as file:
        file.write(content)


def make_zip(name, members, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(place(name), 'w', compression) as archive:
        for member, content in members.items():
            archive.writestr(member, content)


make('data.gz', gzip.compress(text))
make('data.bz2', bz2.compress(text))
make('data.xz', lzma.compress(text))
make('data.lzma', lzma.compress(text, format=lzma.FORMAT_ALONE))
make('state.plist', plistlib.dumps({'a': [1, 2]}, fmt=plistlib.FMT_BINARY))
make('dictionary.plist', plistlib.dumps({'a': [1, 2]}, fmt=plistlib.FMT_XML))
for format, name in ((tarfile.PAX_FORMAT, 'pax.tar'), (tarfile.USTAR_FORMAT, 'ustar.tar'), (tarfile.GNU_FORMAT, 'gnu.tar')):
    with tarfile.open(place(name), 'w', format=format) as archive:
        member = tarfile.TarInfo('a.txt')
        member.size = len(text)
        archive.addfile(member, io.BytesIO(text))
make_zip('plain.zip', {'a.txt': text})
make_zip('stored.zip', {'a.txt': text}, zipfile.ZIP_STORED)
make_zip('program.jar', {'META-INF/MANIFEST.MF': 'Manifest-Version: 1.0\n', 'a/B.class': b'\xca\xfe\xba\xbe\0\0\0\x34'})
make_zip('program.apk', {'AndroidManifest.xml': b'\x03\0\x08\0', 'classes.dex': b'dex\n035\0'})
make_zip('program.xpi', {'manifest.json': '{"manifest_version": 2, "name": "a", "version": "1"}'})
make_zip('book.cbz', {'1.png': b'\x89PNG\r\n\x1a\n'})

with sqlite3.connect(place('people.sqlite')) as database:
    database.execute('CREATE TABLE people (name TEXT)')
with open(place('module.py'), 'w') as file:
    file.write('x = 1\n')
py_compile.compile(place('module.py'), cfile=place('module.pyc'))
os.unlink(place('module.py'))
