namespace FlickStream.Pipeline.Bench;

/// <summary>A picture that ffmpeg makes by itself, and whether the ladder's constants were chosen while looking at it.</summary>
internal sealed record Clip(string Name, bool IsHeldOut, string Graph);

/// <summary>
/// Pictures that differ in what makes them hard: flat areas, letters, grain, motion, faces, overlays. Textures are fractal, so that
/// contrast falls with fineness as it does in photographs, with hard outlines over them.
/// </summary>
internal static class Clips
{
    public const string Font = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";

    private static readonly string[] Sentences =
    [
        "The committee met on the third floor at a quarter past nine", "Revenue grew by 14 percent against the same quarter",
        "Next steps - hire two engineers and close the old site", "Risks include supply, currency and the weather in May",
        "A ladder is chosen for each title from measured samples", "See appendix B for all figures and how they were taken",
        "Contact the office before Friday with any questions",
    ];

    public static IReadOnlyList<Clip> All { get; } =
    [
        new("cartoon", false, $"{Texture(2880, 1080, "p", 0)};"
            + "[p]lutyuv=y='64+40*floor(val/52)':u='96+32*floor(val/64)':v='96+32*floor(val/64)',crop=1920:1080:x='min(n*3,960)':y=0[bg];"
            + "color=c=0xf0c040:s=300x420:r=24,format=yuva444p,geq=lum='lum(X,Y)':cb='cb(X,Y)':cr='cr(X,Y)'"
            + ":a='255*lt(hypot((X-150)/150,(Y-210)/210),1)',trim=end_frame=1,loop=loop=-1:size=1,setpts=N/24/TB[ball];"
            + "color=c=0x3060d0:s=200x200:r=24[box];[bg][ball]overlay=x='300+250*sin(t*2)':y='500-abs(220*sin(t*5))'[one];"
            + "[one][box]overlay=x='1200+300*cos(t*3)':y='700+60*sin(t*7)',format=yuv420p"),
        new("slides", false, Slides()),
        new("film", false, $"{Texture(3200, 1800, "p", 3)};"
            + "[p]crop=2400:1350:x='(iw-ow)/2+150*sin(t*0.5)+7*sin(t*15)':y='(ih-oh)/2+60*sin(t*0.4)+6*cos(t*19)',"
            + "scale=1920:1080:flags=bicubic,eq=contrast=1.9,noise=alls=5:allf=t,format=yuv420p"),
        new("water", false, $"{Texture(1920, 1080, "p", 5)};"
            + "life=s=96x54:mold=6:r=24:ratio=0.4:death_color=#404040:life_color=#ffffff:mold_color=#808080:seed=7,format=gray,tmix=frames=5,"
            + "scale=1920:1080:flags=bicubic,lutyuv=y='96+val/4',split[across][down];[p]format=gbrp[pp];[across]format=gbrp[dx];"
            + "[down]scroll=v=0.004,format=gbrp[dy];[pp][dx][dy]displace=edge=mirror,format=yuv420p,eq=contrast=1.6"),
        new("head", false, $"{Texture(1920, 1080, "p", 9)};{Texture(480, 640, "f", 11)};[p]gblur=sigma=24[bg];"
            + "[f]format=yuva444p,lutyuv=u=110:v=150,split[fa][fb];[fb]trim=end_frame=1,"
            + "geq=lum='255*lt(hypot((X-240)/235,(Y-320)/315),1)':a=255,format=gray,gblur=sigma=3,loop=loop=-1:size=1,setpts=N/24/TB[mask];"
            + "[fa][mask]alphamerge[face];[bg][face]overlay=x='720+25*sin(t*1.7)+4*sin(t*7)':y='240+14*sin(t*2.3)',"
            + "drawbox=x=620:y=880:w=680:h=200:color=0x303a50:t=fill,eq=contrast=1.6,noise=alls=2:allf=t,format=yuv420p"),
        new("game", false, $"{Texture(2600, 1080, "p", 13)};{Texture(3840, 400, "q", 17)};"
            + "life=s=480x270:r=24:ratio=0.03:seed=3:life_color=#ffd070,scale=1920:1080:flags=neighbor,colorkey=black:0.1:0[sparks];"
            + "[p]crop=1920:1080:x='340-340*cos(t*0.7)':y=0[far];"
            + "[q]lutyuv=y='40+24*floor(val/24)',crop=1920:400:x='960-960*cos(t*0.7)':y=0[near];[far][near]overlay=y=680,eq=contrast=1.7[world];"
            + "[world][sparks]overlay=shortest=0,drawbox=60:60:420:44:color=red:t=fill,"
            + $"drawtext=fontfile={Font}:text='SCORE %{{n}}00  LEVEL 7':fontsize=48:fontcolor=white:borderw=3:x=1300:y=60,format=yuv420p"),
        new("terminal", true, "color=c=0x101418:s=1920x1080:r=24,"
            + Lines([.. Enumerable.Repeat(Sentences, 8).SelectMany(s => s)], 30, "0x90d090", "60", 1000, 44, "-44*floor(t*6)")
            + ",drawbox=x=0:y=1040:w=iw:h=40:color=0x305080:t=fill,format=yuv420p"),
        new("rain", true, $"{Texture(2200, 1080, "p", 31)};[p]crop=1920:1080:x='140+100*sin(t*0.6)':y=0,eq=brightness=-0.1:contrast=1.5,format=gbrp[bg];"
            + "nullsrc=s=480x27:r=24,format=gray,geq=lum='if(gt(random(1),0.985),110,0)',scale=1920:1080:flags=bicubic,format=gbrp[drops];"
            + "[bg][drops]blend=all_mode=screen,format=yuv420p"),
    ];

    /// <summary>1080p24 as a studio would send it, near enough lossless.</summary>
    public static async Task<string> MakeAsync(Clip clip, int seconds, string folder)
    {
        var path = Path.Combine(folder, $"{clip.Name}.mp4");
        await Tool.RunAsync(
            "ffmpeg",
            [
                "-nostdin", "-v", "error", "-y", "-filter_complex_threads", "2", "-filter_complex", $"{clip.Graph}[out]", "-map", "[out]",
                "-t", $"{seconds}", "-r", "24", "-c:v", "libx264", "-preset", "superfast", "-crf", "15", "-g", "48", path,
            ]);
        return path;
    }

    private static string Slides()
    {
        var pages = Enumerable.Range(0, 4).Select(k =>
            $"color=white:s=1920x1080:r=24:d=4,drawbox=0:0:iw:140:color=0x1f4e79:t=fill,drawtext=fontfile={Font}:text='Quarterly report, page {k + 1}'"
                + $":fontsize=72:fontcolor=white:x=80:y=34,{Lines([.. Sentences[k..], .. Sentences[..k]], 44, "black", "140", 220, 110, "")}[s{k}]");
        return $"{string.Join(';', pages)};[s0][s1]xfade=transition=slideleft:duration=0.5:offset=2[x1];"
            + "[x1][s2]xfade=transition=fade:duration=0.5:offset=4.5[x2];"
            + "[x2][s3]xfade=transition=slideup:duration=0.5:offset=7,tpad=stop=-1:stop_mode=clone,format=yuv420p";
    }

    private static string Lines(IReadOnlyList<string> lines, int size, string color, string x, int top, int step, string motion) =>
        string.Join(',', lines.Select((line, i) =>
            $"drawtext=fontfile={Font}:text='{line}':fontsize={size}:fontcolor={color}:x={x}:y='{top + (i * step)}{motion}'"));

    private static string Texture(int width, int height, string name, int seed)
    {
        string Octave(string size, int n, string label) =>
            $"nullsrc=s={size}:r=24:d=0.03,format=yuv444p,geq=lum='random({(seed + n) % 10})*219+16':cb='96+64*random({(seed + n + 1) % 10})'"
                + $":cr='96+64*random({(seed + n + 2) % 10})',scale={width}:{height}:flags=bicubic[{name}{label}]";
        return $"{Octave("12x7", 0, "a")};{Octave("48x27", 1, "b")};{Octave("192x108", 2, "c")};{Octave("960x540", 3, "d")};"
            + $"[{name}b]split[{name}b1][{name}b2];[{name}b2]lutyuv=y='if(gt(val,128),176,80)'[{name}e];"
            + $"[{name}a][{name}b1]blend=all_expr='A*0.6+B*0.4'[{name}ab];[{name}c][{name}d]blend=all_expr='A*0.6+B*0.4'[{name}cd];"
            + $"[{name}ab][{name}cd]blend=all_expr='A*0.8+B*0.2'[{name}abcd];"
            + $"[{name}abcd][{name}e]blend=all_expr='A*0.75+B*0.25',format=yuv420p,loop=loop=-1:size=1,setpts=N/24/TB[{name}]";
    }
}
