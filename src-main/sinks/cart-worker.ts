console.log('sinks/cart-worker');
