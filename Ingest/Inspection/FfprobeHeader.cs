using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using FlickStream.Platform.Media;

namespace FlickStream.Ingest.Inspection;

/// <summary>What ffprobe prints of a file with <see cref="Entries"/> and <c>-of json</c>. Values it does not know are left out.</summary>
internal sealed record FfprobeHeader(FfprobeFormat? Format, IReadOnlyList<FfprobeStream>? Streams, IReadOnlyList<FfprobeChapter>? Chapters = null)
{
    /// <summary>Of a transport stream, with their tracks.</summary>
    public IReadOnlyList<FfprobeProgram> Programs { get; init; } = [];

    /// <summary>Only where they were asked for.</summary>
    public IReadOnlyList<FfprobeFrame>? Frames { get; init; }

    /// <summary>What goes before this file wherever ffprobe reads it.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Guards { get; init; } = MediaGuards.InputArguments;

    public const string Entries =
        "format=format_name,start_time,duration,bit_rate,nb_streams"
        + ":stream=index,id,codec_type,codec_name,codec_tag_string,width,height,pix_fmt,sample_aspect_ratio,r_frame_rate,avg_frame_rate"
        + ",nb_frames,start_time,duration,field_order,color_transfer,color_primaries,color_space,bits_per_raw_sample"
        + ",channels,channel_layout,sample_rate"
        + ":stream_disposition=default,forced,hearing_impaired,attached_pic,timed_thumbnails,still_image,dub,comment,visual_impaired,descriptions"
        + ":stream_tags=language,title,name,handler_name,DURATION,data_type,timecode"
        + ":stream_side_data=side_data_type,rotation,displaymatrix,dv_profile,dv_bl_signal_compatibility_id" + HdrEntries + ":format_tags=timecode:program=program_id"
        + ":chapter=start_time,end_time:chapter_tags=title";

    /// <summary>Entries of side data, of a stream or a frame, that <see cref="FfprobeSideData"/> reads beside its type.</summary>
    public const string HdrEntries =
        ",red_x,red_y,green_x,green_y,blue_x,blue_y,white_point_x,white_point_y,min_luminance,max_luminance,max_content,max_average";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    /// <summary>Null when the text is not what ffprobe prints: cut off, because a hostile file made it too long.</summary>
    public static FfprobeHeader? TryParse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<FfprobeHeader>(json, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal sealed record FfprobeFormat(string? FormatName, int NbStreams, double? StartTime, double? Duration, long? BitRate)
{
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}

internal sealed record FfprobeProgram(int ProgramId, IReadOnlyList<FfprobeStream>? Streams);

internal sealed record FfprobeStream
{
    public int Index { get; init; }

    /// <summary>Of a transport stream its packets' identifier, hexadecimal behind 0x.</summary>
    public string? Id { get; init; }

    /// <summary>That, as a number; null elsewhere.</summary>
    [JsonIgnore]
    public int? PacketIdentifier =>
        Id is { } id && id.StartsWith("0x", StringComparison.Ordinal) && int.TryParse(id.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var pid) ? pid : null;

    public string? CodecType { get; init; }
    public string? CodecName { get; init; }
    public string? CodecTagString { get; init; }
    public int Width { get; init; }
    public int Height { get; init; }
    public string? PixFmt { get; init; }
    public string? SampleAspectRatio { get; init; }
    public string? RFrameRate { get; init; }
    public string? AvgFrameRate { get; init; }
    public long? NbFrames { get; init; }
    public double? StartTime { get; init; }
    public double? Duration { get; init; }
    public string? FieldOrder { get; init; }
    public string? ColorTransfer { get; init; }
    public string? ColorPrimaries { get; init; }
    public string? ColorSpace { get; init; }
    public int? BitsPerRawSample { get; init; }
    public int Channels { get; init; }
    public string? ChannelLayout { get; init; }
    public int SampleRate { get; init; }
    public FfprobeDisposition Disposition { get; init; } = new(0, 0, 0, 0, 0, 0);
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<FfprobeSideData> SideDataList { get; init; } = [];
}

internal sealed record FfprobeDisposition(int Default, int Forced, int HearingImpaired, int AttachedPic, int TimedThumbnails, int StillImage)
{
    public int Dub { get; init; }
    public int Comment { get; init; }
    public int VisualImpaired { get; init; }
    public int Descriptions { get; init; }
}

internal sealed record FfprobeFrame
{
    public string? ColorTransfer { get; init; }
    public IReadOnlyList<FfprobeSideData> SideDataList { get; init; } = [];
}

internal sealed record FfprobeSideData(string? SideDataType, double? Rotation)
{
    /// <summary>Three lines of three numbers, each behind a counter.</summary>
    public string? Displaymatrix { get; init; }

    public int? DvProfile { get; init; }
    public int? DvBlSignalCompatibilityId { get; init; }
    public string? RedX { get; init; }
    public string? RedY { get; init; }
    public string? GreenX { get; init; }
    public string? GreenY { get; init; }
    public string? BlueX { get; init; }
    public string? BlueY { get; init; }
    public string? WhitePointX { get; init; }
    public string? WhitePointY { get; init; }
    public string? MinLuminance { get; init; }
    public string? MaxLuminance { get; init; }
    public int? MaxContent { get; init; }
    public int? MaxAverage { get; init; }
}

internal sealed record FfprobeChapter(double? StartTime, double? EndTime)
{
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
