console.log('cli/main');
