/** How wide the screen is, in pixels, also once it is turned or a window is made larger. */
import { useEffect, useState } from 'preact/hooks';

export function useScreenWidth(): number {
  const [width, setWidth] = useState(innerWidth);
  useEffect(() => {
    const look = () => {
      setWidth(innerWidth);
    };
    addEventListener('resize', look);
    return () => {
      removeEventListener('resize', look);
    };
  }, []);
  return width;
}
