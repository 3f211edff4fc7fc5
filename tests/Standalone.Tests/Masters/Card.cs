using System.Globalization;

namespace FlickStream.Standalone.Tests.Masters;

/// <summary>
/// The picture that most masters show: corners of four colours, a grey middle that is white for one frame while a beep begins, and a
/// black box that moves one step a frame. Its sound is silence but for the beep.
/// </summary>
internal static class Card
{
    /// <summary>Of the beep of half the full scale, alone in the title, from two loudspeakers: -12.0 to -13.1, as it falls into the blocks that are
    /// measured (ITU-R BS.1770).</summary>
    public const double Lufs = -12.5;

    public static readonly Rgb Grey = new(128, 128, 128);

    /// <summary>In grey, away from the moving box, however the picture lies.</summary>
    public static readonly (double X, double Y) Middle = (0.6, 0.62);

    /// <summary>Pixels of the card that the box moves a frame.</summary>
    public const int Step = 7;

    /// <summary>Letters of the corners, read as a line is: upper left, upper right, lower left, lower right.</summary>
    public const string Upright = "RGBW";

    private static readonly Dictionary<char, Rgb> Colors = new()
    {
        ['R'] = new(200, 40, 40), ['G'] = new(40, 180, 60), ['B'] = new(50, 60, 200), ['W'] = new(230, 230, 230),
    };

    /// <summary>The corners' centres with the colours that the letters name.</summary>
    public static IReadOnlyList<Probe> Corners(string letters) =>
    [
        .. letters.Select((letter, i) => new Probe(i % 2 == 0 ? 0.15 : 0.85, i < 2 ? 0.15 : 0.85, Colors[letter])),
    ];

    /// <summary>lavfi inputs of picture and sound; the picture is 4:4:4 in BT.601 of studio range, as ffmpeg's sources are.</summary>
    /// <param name="flash">Number of the white frame; a beep begins with it.</param>
    /// <param name="again">Number of a second one with another beep; -1 for none.</param>
    /// <param name="number">Where the box stands, in steps: an expression of a frame's number n.</param>
    public static IReadOnlyList<string> Inputs(
        int width = 320, int height = 180, string rate = "24", double seconds = 1.5, int flash = 12, int again = -1, string number = "n") =>
        [.. Picture(width, height, rate, seconds, flash, again, number), .. Sound(FrameTime(flash, rate), seconds, again < 0 ? null : FrameTime(again, rate))];

    public static IReadOnlyList<string> Picture(
        int width = 320, int height = 180, string rate = "24", double seconds = 1.5, int flash = 12, int again = -1, string number = "n") =>
    [
        "-f", "lavfi", "-i", string.Create(
            CultureInfo.InvariantCulture,
            $"color=c={Hex(Grey)}:s={width}x{height}:r={rate},format=yuv444p,{Box("0", "0", 'R')},{Box("iw/2", "0", 'G')},{Box("0", "ih/2", 'B')},"
                + $"{Box("iw/2", "ih/2", 'W')},drawbox=x=iw/3:y=ih/3:w=iw/3:h=ih/3:c={Hex(Grey)}:t=fill,"
                + $"drawbox=x=iw/3:y=ih/3:w=iw/3:h=ih/3:c=white:t=fill:enable='eq(n,{flash})+eq(n,{again})'[card];"
                + $"color=black:s={width / 16}x{height / 9}:r={rate},format=yuv444p[box];"
                + $"[card][box]overlay=x='mod({Step}*({FromOne(number)}),W-w)':y='(H-h)/2':format=yuv444,trim=duration={seconds}"),
    ];

    public static IReadOnlyList<string> Sound(double beep, double seconds = 1.5, double? again = null) =>
    [
        "-f", "lavfi", "-i", string.Create(
            CultureInfo.InvariantCulture,
            $"aevalsrc='0.5*sin(2*PI*1000*t)*(between(t,{beep},{beep + 0.1}){(again is { } second ? $"+between(t,{second},{second + 0.1})" : "")})':s=48000:d={seconds}"),
    ];

    // The filter overlay counts frames from 1.
    private static string FromOne(string number) => number.Replace("n", "(n-1)", StringComparison.Ordinal);

    /// <summary>The middle of the box along its way, 0..1, in a picture that is so wide.</summary>
    public static double BoxAt(int number, int width) => ((Step * number % (width - (width / 16))) + (width / 16 / 2.0)) / width;

    public static double Value(string rate) =>
        rate.Split('/').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).Aggregate((a, b) => a / b);

    /// <summary>A filter that turns the card's colours into a matrix, a range and a pixel format, and tags them so.</summary>
    public static string As(string matrix, string primaries, string transfer, string format, string range = "tv") =>
        $"scale=in_color_matrix=bt601:in_range=tv:out_color_matrix={SwscaleName(matrix)}:out_range={range}:flags=accurate_rnd+full_chroma_int+bicubic,"
            + $"format={format},setparams=range={range}:color_primaries={primaries}:color_trc={transfer}:colorspace={matrix}";

    public static string Bt709(string format = "yuv420p", string range = "tv") => As("bt709", "bt709", "bt709", format, range);

    private static string SwscaleName(string matrix) => matrix switch { "smpte170m" or "bt470bg" => "bt601", "bt2020nc" => "bt2020", _ => "bt709" };

    private static string Box(string x, string y, char color) => $"drawbox=x={x}:y={y}:w=iw/2:h=ih/2:c={Hex(Colors[color])}:t=fill";

    private static string Hex(Rgb color) => $"0x{color.Red:X2}{color.Green:X2}{color.Blue:X2}";

    private static double FrameTime(int frame, string rate) => frame / Value(rate);
}

internal readonly record struct Rgb(int Red, int Green, int Blue)
{
    /// <summary>The largest difference of a channel.</summary>
    public int From(Rgb other) => Math.Max(Math.Abs(Red - other.Red), Math.Max(Math.Abs(Green - other.Green), Math.Abs(Blue - other.Blue)));

    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";
}

/// <param name="X">0 at the left, 1 at the right.</param>
/// <param name="Y">0 at the top, 1 at the bottom.</param>
/// <param name="Color">What must be seen there.</param>
internal readonly record struct Probe(double X, double Y, Rgb Color);
