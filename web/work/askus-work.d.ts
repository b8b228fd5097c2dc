// web/build.mjs puts the module's bytes (shared/work/module.cpp) behind this name.
declare module "askus-work" {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
