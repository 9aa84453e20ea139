/** MiniSat as compiled by Emscripten for `logic-solver`, which has no types of its own. */
declare module 'logic-solver/minisat.js' {
  /** One call, one solver: a closure with a heap of its own. Pointers are byte offsets into that heap. */
  export interface MinisatInstance {
    readonly HEAP8: Int8Array;
    readonly HEAP32: Int32Array;
    print: (text: string) => void;
    printErr: (text: string) => void;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    _createTheSolver(): void;
    _ensureVar(variable: number): void;
    /** Takes the address of a list of literals that ends in 0. */
    _addClause(pointer: number): number;
    _solve(): number;
    /** Takes one variable, which is assumed to be true; a negative literal is not understood. */
    _solveAssuming(variable: number): number;
    /** The address of one byte a variable, from variable 1: 0 true, 1 false, 2 either. */
    _getSolution(): number;
  }
  const createInstance: () => MinisatInstance;
  export default createInstance;
}
