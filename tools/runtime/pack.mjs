// Compress files once, when the site is built. Reads its jobs: a list of {source, target, way}.
import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import zlib from "node:zlib";

const { constants } = zlib;
const ways = {
  // with a checksum, so that a damaged file is known
  zstd: [promisify(zlib.zstdCompress), (size) => ({
    [constants.ZSTD_c_compressionLevel]: 19,
    [constants.ZSTD_c_windowLog]: Math.max(10, Math.min(27, Math.ceil(Math.log2(size + 1)))),
    [constants.ZSTD_c_checksumFlag]: 1,
    [constants.ZSTD_c_contentSizeFlag]: 1,
  })],
  brotli: [promisify(zlib.brotliCompress), (size) => ({
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: size,
  })],
};

const jobs = JSON.parse(readFileSync(0, "utf8"));
async function work() {
  for (let job = jobs.shift(); job; job = jobs.shift()) {
    const content = await readFile(job.source);
    const [compress, params] = ways[job.way];
    await writeFile(job.target, await compress(content, { params: params(content.length), pledgedSrcSize: content.length }));
  }
}
await Promise.all([work(), work()]);
