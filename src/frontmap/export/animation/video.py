"""A reel as an MP4, by way of the optional package imageio-ffmpeg."""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frontmap.errors import DataError

if TYPE_CHECKING:
    from frontmap.export.animation.reel import Reel

#: A video moves at least so many times a second, lest players stumble.
_LEAST_PER_S = 24
#: Small, and with letters that can be read.
_QUALITY = 20


def ffmpeg() -> str:
    """Return the program that writes videos.

    Returns
    -------
    str
        Its path.

    Raises
    ------
    DataError
        If the optional package is not installed.
    """
    try:
        import imageio_ffmpeg

        program: str = imageio_ffmpeg.get_ffmpeg_exe()
    except (ImportError, RuntimeError):
        raise DataError(
            "an MP4 needs the package imageio-ffmpeg: pip install 'frontmap[video]'; "
            "GIF and WebP need nothing more"
        ) from None
    return program


def pictures_per_s(shots_per_s: float) -> Fraction:
    """Return a rate at which every picture stands for a whole number of pictures of a video.

    Parameters
    ----------
    shots_per_s : float
        How many pictures of the reel a second has.

    Returns
    -------
    Fraction
        The least multiple that is no less than 24.

    Examples
    --------
    >>> pictures_per_s(7.0), pictures_per_s(2.5)
    (Fraction(28, 1), Fraction(25, 1))
    """
    own = Fraction(shots_per_s).limit_denominator(1000)
    times = -(-_LEAST_PER_S // own)
    return own * max(times, 1)


def mp4(reel: Reel, note: str, shots_per_s: float) -> bytes:
    """Return a reel as an MP4 (H.264).

    Parameters
    ----------
    reel : Reel
        The pictures.
    note : str
        What the file says of itself.
    shots_per_s : float
        How many of them a second has, where none is held.

    Returns
    -------
    bytes
        The same for the same reel and the same build of ffmpeg; another build may differ.

    Raises
    ------
    DataError
        If ffmpeg is absent or fails.
    """
    rate = pictures_per_s(shots_per_s)
    width, height = reel.size
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "film.mp4"
        command = [
            ffmpeg(), "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24",
            "-s", f"{width}x{height}", "-r", f"{rate}", "-i", "-",
            # H.264 halves its colours: even sizes; the matrix is named, else players guess it
            "-vf", "crop=trunc(iw/2)*2:trunc(ih/2)*2,scale=out_color_matrix=bt709:out_range=tv",
            "-c:v", "libx264", "-preset", "medium", "-tune", "animation", "-crf", f"{_QUALITY}",
            "-pix_fmt", "yuv420p", "-color_primaries", "bt709", "-color_trc", "bt709",
            "-colorspace", "bt709", "-threads", "1", "-map_metadata", "-1",
            "-metadata", f"comment={note}", "-fflags", "+bitexact", "-flags:v", "+bitexact",
            "-movflags", "+faststart", str(target),
        ]  # fmt: skip
        _feed(command, reel, rate)
        return target.read_bytes()


def _feed(command: list[str], reel: Reel, rate: Fraction) -> None:
    """Run ffmpeg and hand it every picture as often as it stands."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=said)  # noqa: S603
        feed: Any = process.stdin
        try:
            with contextlib.suppress(BrokenPipeError), feed:  # where it fails it says why
                for pixels, times in zip(reel.pictures(), reel.ticks(float(rate)), strict=True):
                    data = pixels.tobytes()
                    for _ in range(times):
                        feed.write(data)
            failed = process.wait() != 0
        finally:
            process.kill()
            process.wait()
        if failed:
            said.seek(0)
            lines = said.read().decode(errors="replace").strip().splitlines()
            raise DataError(f"ffmpeg failed: {lines[-1] if lines else 'it gave no reason'}")
