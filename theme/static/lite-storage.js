// Where JupyterLite keeps a student's notebooks: a database of the browser, named after its folder.

/**
 * The answer of a database request, as a promise.
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
export function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * Do something with the stores "files" and "checkpoints"; undefined where there are none.
 * @template T
 * @param {URL} lite  JupyterLite's folder
 * @param {(files: IDBObjectStore, checkpoints: IDBObjectStore) => Promise<T>} action
 * @returns {Promise<T | undefined>}
 */
export async function withStorage(lite, action) {
  const opening = indexedDB.open(`JupyterLite Storage - ${lite.pathname}`);
  opening.onupgradeneeded = () => opening.transaction?.abort(); // do not create what is not there
  const database = await answer(opening).catch(() => undefined);
  if (!database) return undefined;
  try {
    const changes = database.transaction(["files", "checkpoints"], "readwrite");
    return await action(changes.objectStore("files"), changes.objectStore("checkpoints"));
  } catch (error) {
    if (error instanceof DOMException && error.name === "NotFoundError") return undefined; // nothing has been saved yet
    throw error;
  } finally {
    database.close();
  }
}

/** Tells an open JupyterLite that the saved copy of a notebook is gone. */
export const resets = new BroadcastChannel("course-lite-resets");
