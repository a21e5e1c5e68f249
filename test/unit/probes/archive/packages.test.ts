import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Component, describeWith } from '../../../support/components';
import { EICAR, tempFolder } from '../../../support/temp-folder';
import { scanArchive } from './support';

const INSTALLER = `<?xml version="1.0"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id="*" Name="n" Language="1033" Version="1.0.0" Manufacturer="m" UpgradeCode="12345678-1234-1234-1234-123456789012">
    <Package InstallerVersion="200" Compressed="yes"/>
    <Media Id="1" Cabinet="in.cab" EmbedCab="yes"/>
    <Directory Id="TARGETDIR" Name="SourceDir">
      <Component Id="C" Guid="12345678-1234-1234-1234-123456789013">
        <File Id="F" Source="eicar.com" Name="eicar.com" KeyPath="yes"/>
      </Component>
    </Directory>
    <Feature Id="X" Level="1"><ComponentRef Id="C"/></Feature>
  </Product>
</Wix>`;
const RPM = `Name: n
Version: 1
Release: 1
Summary: s
License: none
BuildArch: noarch
%description
d
%install
mkdir -p %{buildroot}/opt && cp %{_topdir}/eicar.com %{buildroot}/opt/ && ln -s /etc/hosts %{buildroot}/opt/link
%files
/opt
`;
const NSIS = `OutFile made
Section
SetOutPath $TEMP
File eicar.com
SectionEnd
`;

/** Packages by the tools of their systems; each command runs in a folder that holds `eicar.com`. */
const PACKAGES: readonly (readonly [string, Component, string])[] = [
  ['Windows installer', 'wixl', `cat > in.wxs <<'END'\n${INSTALLER}\nEND\nwixl -o made in.wxs`],
  [
    'Debian package',
    'dpkg-deb',
    `mkdir -p p/DEBIAN p/opt && cp eicar.com p/opt/ && ln -s /etc/hosts p/opt/link
printf 'Package: n\\nVersion: 1\\nArchitecture: all\\nMaintainer: m <m@m>\\nDescription: d\\n' > p/DEBIAN/control
dpkg-deb -b p made`,
  ],
  [
    'RPM package',
    'rpmbuild',
    `cat > in.spec <<'END'\n${RPM}END\nrpmbuild -bb --define "_topdir $PWD" in.spec && cp RPMS/*/*.rpm made`,
  ],
  ['NSIS installer', 'makensis', `cat > in.nsi <<'END'\n${NSIS}END\nmakensis -V1 in.nsi`],
];

/** Scans a file and whatever comes out of it. Returns the coverages in which EICAR lies, outermost first; null: it is not found. */
async function pathToEicar(bytes: Buffer, depth = 0): Promise<string[] | null> {
  if (bytes.equals(EICAR)) return [];
  if (depth > 6) return null;
  const { coverage, children } = await scanArchive(bytes);
  for (const child of children) {
    const inner = await pathToEicar(child.bytes, depth + 1);
    if (inner !== null) return [coverage, ...inner];
  }
  return null;
}

for (const [kind, needs, script] of PACKAGES) {
  describeWith([needs], kind, () => {
    it('is opened down to its files', async () => {
      const folder = tempFolder();
      writeFileSync(join(folder, 'eicar.com'), EICAR);
      execFileSync('sh', ['-ec', script], { cwd: folder, stdio: 'ignore' });
      const path = await pathToEicar(readFileSync(join(folder, 'made')));
      expect(new Set(path)).toEqual(new Set(['complete']));
    });
  });
}
