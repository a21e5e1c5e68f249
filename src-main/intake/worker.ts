console.log('intake/worker');
