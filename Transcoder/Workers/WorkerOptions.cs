using System.ComponentModel.DataAnnotations;
using FlickStream.Platform;

namespace FlickStream.Transcoder.Workers;

/// <summary>Section <c>Worker</c>.</summary>
internal sealed class WorkerOptions
{
    /// <summary>Unique among the workers that share a board, and the same after a restart, so that the worker finds its own steps again.</summary>
    [Required, RegularExpression("^[A-Za-z0-9._-]{1,60}$")]
    public string Name { get; init; } = Environment.MachineName;

    /// <summary>Picture encodings side by side. Each uses about one core, so one more than there are cores keeps all of them busy
    /// while one starts or packages. 0 means that. While all are busy one more takes nothing but what makes a title playable.</summary>
    [Range(0, 1024)]
    public int EncodeSlots { get; init; }

    /// <summary>Sound, text, poster, protecting and publishing steps side by side. While all are busy one more takes nothing but what makes a title playable.</summary>
    [Range(1, 64)]
    public int LightSlots { get; init; } = 3;

    /// <summary>Time that every encoding may take, however short; more by its length.</summary>
    [TimeRange("00:00:10", "01:00:00")]
    public TimeSpan StepFloor { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest an encoding may take, in seconds for each second of master it covers.</summary>
    [Range(1, 10_000)]
    public int SlownessLimit { get; init; } = 200;

    /// <summary>How often a worker looks for work when no doorbell rings.</summary>
    [TimeRange("00:00:00.1", "00:05:00")]
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a running step is renewed and its progress written.</summary>
    [TimeRange("00:00:00.2", "00:01:00")]
    public TimeSpan Renewal { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>How long a worker that is asked to stop lets its running steps go on, so that their work is not done twice; it then hands
    /// back what is not finished. It claims nothing meanwhile. Whatever stops the process must wait this long and 30 seconds more.</summary>
    [TimeRange("00:00:00", "06:00:00")]
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the titles that a worker has published are compared with their masters, and whether it does so, whichever worker published
    /// them, at the lowest priority.</summary>
    public bool MeasureQuality { get; init; } = true;

    /// <summary>Where a folder of this worker's name is made for unfinished encodings and emptied at start; in the data folder when not
    /// given.</summary>
    public string? WorkFolder { get; init; }

    public int EncodeSlotsHere => EncodeSlots > 0 ? EncodeSlots : Environment.ProcessorCount + 1;
}
