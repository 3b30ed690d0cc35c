// The worker as a text, a file of its own: only who starts Python fetches it.
export default WORKER;
