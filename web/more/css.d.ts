// A style sheet's text, as web/build.mjs bundles it.
declare module "*.css" {
  const text: string;
  export default text;
}
