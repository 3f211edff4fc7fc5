using System.Buffers.Binary;
using System.Globalization;
using CliWrap;

namespace FlickStream.Standalone.Tests.Harness;

/// <summary>
/// A master that tells what became of it: every frame carries its number as a row of sixteen black and white boxes along the bottom
/// (the leftmost is the highest bit), and each whole second is a white frame and the start of a beep.
/// </summary>
internal sealed record TestMaster(string Path, int Seconds, int FramesPerSecond)
{
    public const int SampleRate = 48000;

    public int Frames => Seconds * FramesPerSecond;

    public static async Task<TestMaster> MakeAsync(
        string path, int seconds, int width = 640, int height = 360, int framesPerSecond = 24, CancellationToken cancellationToken = default)
    {
        var strip = height / 10;
        var numbers =
            $"color=black:s=16x1:r={framesPerSecond},format=gray,geq=lum='if(mod(floor(N/pow(2,15-X)),2),235,16)'," +
            $"scale={width}:{strip}:flags=neighbor,format=yuv420p";
        var beeps = $"aevalsrc='0.5*sin(2*PI*1000*t)*lt(t,0.1)':s={SampleRate}:d=1,aloop=loop=-1:size={SampleRate}";
        var picture = $"[0:v]drawbox=c=white:t=fill:enable='not(mod(n,{framesPerSecond}))'[flashes];[flashes][1:v]overlay=0:H-h[v]";
        await Cli.Wrap("ffmpeg")
            .WithArguments(
            [
                "-nostdin", "-v", "error", "-y",
                "-f", "lavfi", "-i", $"testsrc2=s={width}x{height}:r={framesPerSecond}",
                "-f", "lavfi", "-i", numbers,
                "-f", "lavfi", "-i", beeps,
                "-filter_complex", picture, "-map", "[v]", "-map", "2:a",
                "-t", seconds.ToString(CultureInfo.InvariantCulture),
                "-c:v", "libx264", "-preset", "ultrafast", "-qp", "18", "-c:a", "pcm_s16le", path,
            ])
            .ExecuteAsync(cancellationToken);
        return new TestMaster(path, seconds, framesPerSecond);
    }

    /// <summary>The file, made longer by free space, as an editor leaves it at the end, so that little picture makes many parts.</summary>
    public async Task<byte[]> BytesAsync(int length, CancellationToken cancellationToken)
    {
        var file = await File.ReadAllBytesAsync(Path, cancellationToken);
        var padded = new byte[length];
        Random.Shared.NextBytes(padded);
        file.CopyTo(padded, 0);
        BinaryPrimitives.WriteInt32BigEndian(padded.AsSpan(file.Length), length - file.Length);
        "free"u8.CopyTo(padded.AsSpan(file.Length + 4));
        return padded;
    }
}
