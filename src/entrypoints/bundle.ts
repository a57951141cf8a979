/** What the one bundle gives to the stubs that the runner starts: a function for each entry. */
export { inspect } from './inspect.js';
export { main } from './main.js';
export { post } from './post.js';
