// Takes Electron's own start page out of the package: nothing but our archive may ever be what it loads.
const { rmSync } = require('node:fs');
const { join } = require('node:path');

exports.default = async ({ packager, appOutDir }) => {
  rmSync(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });
};
