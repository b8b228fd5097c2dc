// One WebGL2 context for all layers: triangles in, a bitmap out.
import { VERTEX } from "./module.js";

const COLOUR_AT = 16;

const VERTEX_SHADER = `#version 300 es
uniform vec2 size;layout(location=0)in vec2 at;layout(location=1)in vec4 paint;out vec4 colour;
void main(){colour=paint;gl_Position=vec4(at/size*vec2(2,-2)+vec2(-1,1),0,1);}`;

const FRAGMENT_SHADER = `#version 300 es
precision highp float;in vec4 colour;out vec4 pixel;
void main(){pixel=vec4(colour.rgb*colour.a,colour.a);}`;

/**
 * @param {() => void} changed called when the context is lost or has come back
 * @returns {{
 *   lost: () => boolean,
 *   paint: (triangles: import("./module.js").Triangles, width: number, height: number) => ImageBitmap,
 *   drop: () => void}}
 */
export function openGl(changed) {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext("webgl2", { antialias: false, depth: false });
  if (!context) throw new Error("skin: no WebGL2");
  const gl = context;
  /** @type {WebGLUniformLocation | null} */
  let size;

  function prepare() {
    const program = /** @type {WebGLProgram} */ (gl.createProgram());
    for (const [type, source] of /** @type {const} */ ([
      [gl.VERTEX_SHADER, VERTEX_SHADER],
      [gl.FRAGMENT_SHADER, FRAGMENT_SHADER],
    ])) {
      const shader = /** @type {WebGLShader} */ (gl.createShader(type));
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    gl.useProgram(program);
    size = gl.getUniformLocation(program, "size");
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
    gl.enableVertexAttribArray(0);
    gl.enableVertexAttribArray(1);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, VERTEX, 0);
    gl.vertexAttribPointer(1, 4, gl.UNSIGNED_BYTE, true, VERTEX, COLOUR_AT);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  canvas.addEventListener("webglcontextlost", (event) => {
    event.preventDefault(); // else it would never be restored
    changed();
  });
  canvas.addEventListener("webglcontextrestored", () => {
    prepare();
    changed();
  });
  prepare();

  return {
    lost: () => gl.isContextLost(),
    paint({ vertices, indices, count }, width, height) {
      canvas.width = width;
      canvas.height = height;
      gl.viewport(0, 0, width, height);
      gl.uniform2f(size, width, height);
      gl.bufferData(gl.ARRAY_BUFFER, vertices, gl.STREAM_DRAW);
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, indices, gl.STREAM_DRAW);
      gl.drawElements(gl.TRIANGLES, count, gl.UNSIGNED_INT, 0);
      return canvas.transferToImageBitmap();
    },
    drop: () => gl.getExtension("WEBGL_lose_context")?.loseContext(),
  };
}
