using System.Globalization;

namespace FlickStream.Standalone.Sample;

/// <summary>
/// A master in which every frame says its number, to people and to programs, and every second is marked in picture and sound:
/// what seeks, rung switches and sync are checked with.
/// <list type="bullet">
/// <item>The bottom tenth is a row of 24 boxes: box k from the left is white when bit k of the frame's number is set. A box is an
/// even share of the width, so it can still be read at 234 lines.</item>
/// <item>The frame whose time is a whole second, or the first after it, has a white upper half, and a 1 kHz beep of 50 ms begins
/// on the second itself, over a quiet 220 Hz.</item>
/// </list>
/// </summary>
internal static class SampleMaster
{
    public const int Boxes = 24;

    /// <summary>ffmpeg's arguments; they read no file but the font and give the same picture each time.</summary>
    /// <param name="seconds">Length.</param>
    /// <param name="width">Pixels, even; a multiple of 24 makes all boxes equal.</param>
    /// <param name="height">Pixels, even.</param>
    /// <param name="rate">Frames a second as ffmpeg takes it, such as <c>24</c> or <c>30000/1001</c>.</param>
    /// <param name="motion">How hard the picture is to encode.</param>
    /// <param name="font">A TrueType file for the readable counter; null leaves the boxes alone.</param>
    /// <param name="output">The file to write; its ending chooses the container.</param>
    public static IReadOnlyList<string> Arguments(
        double seconds, int width, int height, string rate, SampleMotion motion, string? font, string output)
    {
        var length = seconds.ToString(CultureInfo.InvariantCulture);
        var background = motion == SampleMotion.High ? "testsrc2" : "color=0x203040";
        var size = $"{(motion == SampleMotion.High ? "=" : ":")}s={width}x{height}:r={rate}:d={length}";
        return
        [
            "-v", "error", "-y", "-f", "lavfi", "-i", $"{background}{size},{string.Join(',', Marks(width, height, rate, font))}",
            "-f", "lavfi", "-i",
            $"aevalsrc='if(lt(mod(t,1),0.05),0.5*sin(2*PI*1000*t),0.02*sin(2*PI*220*t))|"
                + $"if(lt(mod(t,1),0.05),0.5*sin(2*PI*1000*t),0.02*sin(2*PI*220*t))':s=48000:d={length}",
            "-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", "-pix_fmt", "yuv420p", "-g", "250",
            "-c:a", "aac", "-b:a", "128k", output,
        ];
    }

    private static IEnumerable<string> Marks(int width, int height, string rate, string? font)
    {
        // A time that is printed as 0.9999... is still a whole second.
        yield return $"drawbox=x=0:y=0:w=iw:h=ih/2:color=white:t=fill:enable='lt(mod(t+0.0005,1),1/({rate}))'";
        if (font is not null)
        {
            // The font's name is inside a filter's argument inside a graph: quoted for the graph, its colons for the filter.
            yield return $"drawtext=fontfile='{font.Replace(":", @"\:", StringComparison.Ordinal)}':text='%{{n}}  %{{pts\\:hms}}'"
                + $":fontsize={height / 9}:fontcolor=white:box=1:boxcolor=black:boxborderw={height / 54}:x={height / 27}:y={height / 27}";
        }

        var row = height / 10;
        yield return $"drawbox=x=0:y={height - row}:w=iw:h={row}:color=black:t=fill";
        for (var bit = 0; bit < Boxes; bit++)
        {
            var (left, right) = (bit * width / Boxes, (bit + 1) * width / Boxes);
            yield return $"drawbox=x={left}:y={height - row}:w={right - left}:h={row}:color=white:t=fill:enable='bitand(n,{1 << bit})'";
        }
    }
}
